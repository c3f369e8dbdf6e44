using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace GraphOrder;

/// <summary>What asking for a recovery gives: exactly one of it or at least one error. Immutable.</summary>
public sealed class RecoveryResult
{
    private readonly Recovery? _recovery;

    internal RecoveryResult(Recovery recovery)
    {
        _recovery = recovery;
        Model = recovery.Model;
        Diagnostics = recovery.Diagnostics;
    }

    internal RecoveryResult(string model, ImmutableArray<Diagnostic> diagnostics)
    {
        Model = model;
        Diagnostics = diagnostics;
    }

    /// <summary>The lifecycle model, or <c>OLD:NEW</c>.</summary>
    public string Model { get; }

    /// <summary>Errors where there is no answer, as for a plan of another set. Sorted.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The answer, where there is one.</summary>
    public bool TryGetRecovery([NotNullWhen(true)] out Recovery? recovery)
    {
        recovery = _recovery;
        return recovery is not null;
    }
}
