using System.Globalization;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>
/// Makes a difference behind a jump short. Each trial takes a jump: one kernel runs what is left of the first
/// sequence, the next one runs what is left of the second, compares, and begins the next trial. The trial
/// itself goes along on the command line.
/// </summary>
internal static class ShrinkMode
{
    private const int KernelsMax = 400;

    /// <summary>Begins, where the difference was found; comes back only where a jump fails.</summary>
    public static void Begin(GuestOrder order, ShrinkState state)
    {
        (List<TortureCall> first, List<TortureCall> second) = Sequences(state);
        int count = first.Count + second.Count;
        Go(order, state with { Kept = new string('1', count), Piece = count / 2 });
    }

    /// <summary>Ends a trial, and begins the next one or tells what is left.</summary>
    public static void Run(GuestOrder order)
    {
        ShrinkState state = ShrinkState.Parse(order.Argument);
        (List<TortureCall> first, List<TortureCall> second) = Sequences(state, state.Trial);
        int label = order.Kernel - 1;
        SimulatedKernel kernel = new();
        TortureExecutor executor = new(kernel.StartProcess(), label);
        first.ForEach(call => executor.Do(call));
        SimulatedKernel next = TortureMode.Jump(kernel, state.IsLegacy);
        TortureDifference? found = new TortureComparison(
            static () => new LinuxCalls(), () => next.StartProcess(), label).Run(second);
        if (state.Piece > 0 && order.Kernel < KernelsMax)
        {
            Go(order, state.After(found is not null));
            return;
        }

        Serial.Say(found is null
            ? "shrunk to what is no difference any more"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"shrunk to {first.Count} and {found.Calls.Count} calls, kernel {order.Kernel}: "
                + $"{found.First} in the kernel, {found.Second} in the simulator"));
        Tell(state, first);
        Serial.Say("c /* Behind the jump. */");
        Tell(state, found?.Calls ?? second);
    }

    private static void Go(GuestOrder order, ShrinkState state)
    {
        state = state.Next();
        LinuxCalls calls = new();
        TortureExecutor executor = new(calls, order.Kernel);
        Sequences(state, state.Trial).First.ForEach(call => executor.Do(call));
        Machine.JumpTo(calls, order.Next with { Mode = "shrink", Argument = state.ToString() });
    }

    private static (List<TortureCall> First, List<TortureCall> Second) Sequences(
        ShrinkState state, string kept = "")
    {
        List<TortureCall> first = TortureMode.Sequence(state.Seed, state.Round, state.Length);
        List<TortureCall> second = TortureSequence.MakeNext(
            TortureRun.SeedOf(state.Seed, state.Round), state.Length, first);
        int count = first.Count;
        return kept.Length == 0
            ? (first, second)
            : (
                [.. first.Where((_, i) => kept[i] == '1')],
                [.. second.Where((_, i) => kept[count + i] == '1')]);
    }

    private static void Tell(ShrinkState state, IReadOnlyList<TortureCall> calls)
    {
        // The answers are in a comment that is not told.
        TortureAnswer none = new(Errno.None, 0, "");
        TortureMode.Tell(TortureProgram.Write(new(calls, none, none), state.Seed, state.Round));
    }
}
