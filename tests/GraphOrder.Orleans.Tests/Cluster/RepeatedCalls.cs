using System.Collections.Concurrent;
using System.Reflection;

namespace GraphOrder.Orleans.Tests;

/// <summary>
/// A network that delivers every call to hosts, domains and roll-outs twice: at once, and then the second
/// answer counts as if the first had been lost, or a while after, when nobody waits for it any more.
/// </summary>
internal sealed class RepeatedCalls(ulong seed, TimeSpan lateMost) : IOutgoingGrainCallFilter
{
    private static readonly AsyncLocal<bool> IsRepetition = new();

    private static readonly HashSet<Type> Repeated =
        [typeof(IHostGrain), typeof(IFailureDomainGrain), typeof(IRolloutPartGrain), typeof(IRolloutGrain)];

    private readonly Lock _lock = new();
    private readonly SplitMix64 _chance = new(seed);
    private readonly ConcurrentQueue<Task<object?>> _repetitions = new();

    /// <summary>How many calls came twice, by method.</summary>
    public ConcurrentDictionary<string, int> Counts { get; } = new();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        MethodInfo method = context.InterfaceMethod;
        if (IsRepetition.Value || !Repeated.Contains(method.DeclaringType!))
        {
            await context.Invoke();
            return;
        }

        Counts.AddOrUpdate($"{method.DeclaringType!.Name}.{method.Name}", 1, static (_, count) => count + 1);
        // The request is used again for another call once this one was sent.
        object?[] arguments =
        [
            .. Enumerable.Range(0, context.Request.GetArgumentCount()).Select(context.Request.GetArgument),
        ];
        (bool isAtOnce, double share) = Draw();
        Task<object?> second = Task.Run(
            () => RepeatAsync(context.Grain, method, arguments, isAtOnce ? 0 : share));
        _repetitions.Enqueue(second);
        await context.Invoke();
        if (isAtOnce && await second is { } answer)
        {
            context.Result = answer;
        }
    }

    /// <summary>Waits until every repetition has come.</summary>
    public async Task ComeAsync()
    {
        while (_repetitions.TryDequeue(out Task<object?>? next))
        {
            await next;
        }
    }

    private (bool IsAtOnce, double Share) Draw()
    {
        lock (_lock)
        {
            return (_chance.Next(3) == 0, _chance.NextShare());
        }
    }

    private async Task<object?> RepeatAsync(
        object grain, MethodInfo method, object?[] arguments, double share)
    {
        IsRepetition.Value = true;
        await Task.Delay(lateMost * share);
        try
        {
            Task answered = (Task)method.Invoke(grain, arguments)!;
            await answered;
            return method.ReturnType.IsGenericType ? ((dynamic)answered).Result : null;
        }
        catch (Exception refused)
        {
            await TestContext.Progress.WriteLineAsync($"{method.Name}, repeated: {refused.Message}");
            return null;
        }
    }
}
