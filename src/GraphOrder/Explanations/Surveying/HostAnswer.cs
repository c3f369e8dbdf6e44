using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What planning one host's set says of it; its graph is not kept. Immutable.</summary>
/// <param name="Host">What the caller calls the host.</param>
/// <param name="Verdict">Whether it can be updated.</param>
public sealed record HostAnswer(string Host, HostVerdict Verdict)
{
    /// <summary>What stands against it, each cause once; empty where it is ready.</summary>
    public ImmutableArray<HostTrouble> Troubles { get; init; } = [];

    /// <summary>The digest of its set; null where none was read.</summary>
    public Digest? Input { get; init; }

    /// <summary>The lifecycle model, or <c>OLD:NEW</c>; null where no set was read.</summary>
    public string? Model { get; init; }

    /// <summary>How many sessions it has.</summary>
    public int SessionCount { get; init; }

    /// <summary>How many objects it has.</summary>
    public int ObjectCount { get; init; }

    /// <summary>Whether it can be updated.</summary>
    public bool IsReady => Verdict == HostVerdict.Ready;

    /// <summary>The answer for a host whose set was planned.</summary>
    /// <param name="host">What the caller calls the host.</param>
    /// <param name="set">Its set.</param>
    /// <param name="result">What planning it gave.</param>
    public static HostAnswer Of(string host, SessionSet set, PlanResult result)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(result);
        List<Diagnostic> against = [];
        bool isOfOrder = false;
        foreach (Diagnostic found in result.Diagnostics)
        {
            if (found.IsError || found.Code.IsKernelRefusal())
            {
                against.Add(found);
                isOfOrder |= found.IsError && found.Code.IsOfOrder();
            }
        }

        HostVerdict verdict = isOfOrder ? HostVerdict.NoOrder
            : against.Count > 0 ? HostVerdict.NotAccepted
            : HostVerdict.Ready;
        return new HostAnswer(host, verdict)
        {
            Troubles = TroublesOf(against, set),
            Input = result.Input,
            Model = result.Model,
            SessionCount = set.Sessions.Length,
            ObjectCount = set.Objects.Length,
        };
    }

    /// <summary>The answer for a host of which no set could be read.</summary>
    /// <param name="host">What the caller calls the host.</param>
    /// <param name="verdict">Whether its document is malformed, or cannot be read at all.</param>
    /// <param name="problems">What is wrong with it; at least one.</param>
    public static HostAnswer Of(string host, HostVerdict verdict, ImmutableArray<Diagnostic> problems)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new HostAnswer(host, verdict) { Troubles = TroublesOf(problems, null) };
    }

    private static ImmutableArray<HostTrouble> TroublesOf(
        IReadOnlyList<Diagnostic> against, SessionSet? set)
    {
        List<HostTrouble> troubles = [];
        HashSet<CauseKey> known = [];
        foreach (Diagnostic found in against)
        {
            // What says how many more there are of a code is no trouble of its own.
            if (found.Code != DiagnosticCode.MoreProblems
                && CauseKey.Of(found, set) is { } key
                && known.Add(key))
            {
                troubles.Add(new HostTrouble(key, found));
            }
        }

        return [.. troubles];
    }
}
