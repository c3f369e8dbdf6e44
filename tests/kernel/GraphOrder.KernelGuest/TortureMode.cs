using System.Globalization;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>
/// Random calls on this kernel and on the simulator. <c>torture</c> with SEED:SECONDS:LENGTH stays in kernel
/// 1;
/// <c>hops</c> with SEED:HOPS:LENGTH runs a sequence, jumps, runs another one on what came across, and so
/// on: the
/// simulator's first half is made again from the seed. <c>:legacy</c> behind it makes the simulator carry
/// nothing, so that there is a difference to find.
/// </summary>
internal static class TortureMode
{
    private const int FindingsMax = 8;

    /// <summary>Sequence after sequence in this kernel.</summary>
    public static void Run(GuestOrder order)
    {
        (ulong seed, int seconds, int length) = Parse(order);
        long started = TimeProvider.System.GetTimestamp();
        TimeSpan left = TimeSpan.FromSeconds(seconds);
        for (int found = 0; found < FindingsMax && left > TimeSpan.Zero; found++)
        {
            TortureResult result = TortureRun.Run(
                static () => new LinuxCalls(),
                static () => new SimulatedKernel().StartProcess(),
                new TortureOptions { Seed = seed + (ulong)found, TimeMax = left, Length = length },
                TimeProvider.System,
                CancellationToken.None);
            Say(result.RoundCount, result.CallCount);
            if (result.Finding is TortureFinding finding)
            {
                Serial.Say($"bad difference: {finding.First} in the kernel, {finding.Second} in the simulator");
                Tell(finding.Program);
            }

            left = TimeSpan.FromSeconds(seconds) - TimeProvider.System.GetElapsedTime(started);
        }
    }

    /// <summary>One sequence on what came from the kernel before, one for the next kernel.</summary>
    public static void Hop(GuestOrder order)
    {
        (ulong seed, int hops, int length) = Parse(order);
        int round = order.Kernel - 1;
        if (round > 0)
        {
            List<TortureCall> earlier = Sequence(seed, round - 1, length);
            SimulatedKernel kernel = new();
            TortureExecutor executor = new(kernel.StartProcess(), round - 1);
            earlier.ForEach(call => executor.Do(call));
            SimulatedKernel next = Jump(kernel, IsLegacy(order));
            bool isAlike = Compare(
                new TortureComparison(static () => new LinuxCalls(), () => next.StartProcess(), round - 1),
                TortureSequence.MakeNext(TortureRun.SeedOf(seed, round - 1), length, earlier),
                seed,
                round - 1,
                keepsOpen: false);
            if (!isAlike)
            {
                ShrinkMode.Begin(order, new(seed, round - 1, length, IsLegacy(order)));
                return;
            }

            if (round == hops)
            {
                return;
            }
        }

        LinuxCalls calls = new();
        if (Compare(
            new TortureComparison(() => calls, static () => new SimulatedKernel().StartProcess(), round),
            Sequence(seed, round, length),
            seed,
            round,
            keepsOpen: true))
        {
            Machine.JumpTo(calls, order.Next);
        }
    }

    private static bool IsLegacy(GuestOrder order) =>
        order.Argument.EndsWith(":legacy", StringComparison.Ordinal);

    /// <summary>The sequence in front of a jump.</summary>
    public static List<TortureCall> Sequence(ulong seed, int round, int length) =>
        TortureSequence.Make(TortureRun.SeedOf(seed, round), length);

    /// <summary>Jumps in the simulator; the kernel that it comes to.</summary>
    public static SimulatedKernel Jump(SimulatedKernel kernel, bool isLegacy)
    {
        kernel.LoadsLegacyImage = isLegacy;
        kernel.PlaceFile("/kernel", "kernel"u8);
        SimulatedProcess agent = kernel.StartProcess();
        int image = agent.Open("/kernel"u8, OpenModes.ReadOnly).Descriptor;
        _ = LiveUpdateCalls.Demand(agent.LoadKernel(image, -1, "quiet"u8), "load the simulator's next kernel");
        _ = LiveUpdateCalls.Demand(agent.Jump(), "jump in the simulator");
        return kernel.Next!;
    }

    private static bool Compare(
        TortureComparison comparison, List<TortureCall> calls, ulong seed, int round, bool keepsOpen)
    {
        TortureDifference? found = comparison.Run(calls, keepsOpen);
        Say(1, comparison.CallCount);
        if (found is not null)
        {
            Serial.Say($"bad difference: {found.First} in the kernel, {found.Second} in the simulator");
            Tell(TortureProgram.Write(keepsOpen ? comparison.Shrink(found, default) : found, seed, round));
        }

        return found is null;
    }

    private static void Say(int rounds, long calls) =>
        Serial.Say(string.Create(CultureInfo.InvariantCulture, $"rounds {rounds} calls {calls}"));

    /// <summary>Tells only what a program does; the helper functions are the same always.</summary>
    public static void Tell(string program)
    {
        Array.ForEach(
            program[program.IndexOf("int main", StringComparison.Ordinal)..].Split('\n'),
            line => Serial.Say($"c {line}"));
    }

    private static (ulong Seed, int Count, int Length) Parse(GuestOrder order)
    {
        string[] parts = order.Argument.Split(':');
        return (
            ulong.Parse(parts[0], CultureInfo.InvariantCulture),
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            int.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
