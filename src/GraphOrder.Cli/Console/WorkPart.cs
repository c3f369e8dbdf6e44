using System.Diagnostics;

namespace GraphOrder.Cli;

/// <summary>A part of a run, from its making to its disposal.</summary>
/// <param name="what">What is done.</param>
/// <param name="count">How far it is; null where nobody knows.</param>
/// <param name="done">Told when it is done.</param>
internal sealed class WorkPart(string what, Func<string>? count, Action<WorkPart> done) : IDisposable
{
    private readonly long _begun = Stopwatch.GetTimestamp();

    /// <summary>How long it has run.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begun);

    /// <summary>What is done, and how far it is.</summary>
    public string Told => count is null ? what : $"{what}: {count()}";

    /// <inheritdoc/>
    public void Dispose() => done(this);
}
