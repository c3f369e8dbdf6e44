using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Many hosts: which of them can be updated, and for the others the causes, each told once. Immutable and
/// thread-safe.
/// </summary>
public sealed class Survey
{
    private readonly int[] _counts = new int[Enum.GetValues<HostVerdict>().Length];

    private Survey(
        ImmutableArray<HostAnswer> hosts,
        ImmutableArray<SurveyCause> causes,
        ImmutableArray<LeftOutDocument> leftOut)
    {
        Hosts = hosts;
        Causes = causes;
        LeftOut = leftOut;
        foreach (HostAnswer host in hosts)
        {
            _counts[(int)host.Verdict]++;
        }
    }

    /// <summary>The answers, by the names of their hosts.</summary>
    public ImmutableArray<HostAnswer> Hosts { get; }

    /// <summary>
    /// The causes: that of most hosts first, then by code, then by what tells them apart. A host with several
    /// causes is in each.
    /// </summary>
    public ImmutableArray<SurveyCause> Causes { get; }

    /// <summary>Documents of another kind, by their names.</summary>
    public ImmutableArray<LeftOutDocument> LeftOut { get; }

    /// <summary>How many hosts can be updated.</summary>
    public int ReadyCount => CountOf(HostVerdict.Ready);

    /// <summary>Whether all hosts can be updated.</summary>
    public bool IsReady => ReadyCount == Hosts.Length;

    /// <summary>Whether a host is in more causes than one, so that their counts add up to more.</summary>
    public bool HasHostsInSeveralCauses =>
        Causes.Sum(static cause => (long)cause.Hosts.Length) > Hosts.Length - ReadyCount;

    /// <summary>How many hosts have a verdict.</summary>
    public int CountOf(HostVerdict verdict) => _counts[(int)verdict];

    /// <summary>
    /// Puts answers together; the same survey in whatever order they come. O(n log n) in hosts and troubles.
    /// </summary>
    /// <param name="answers">The answers of all hosts.</param>
    /// <param name="leftOut">Documents that speak of no host.</param>
    public static Survey Of(IEnumerable<HostAnswer> answers, IEnumerable<LeftOutDocument> leftOut)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(leftOut);
        ImmutableArray<HostAnswer> hosts =
            [.. answers.OrderBy(static answer => answer.Host, StringComparer.Ordinal)];
        Dictionary<CauseKey, List<(int Host, Diagnostic First)>> byCause = [];
        for (int i = 0; i < hosts.Length; i++)
        {
            foreach (HostTrouble trouble in hosts[i].Troubles)
            {
                if (!byCause.TryGetValue(trouble.Key, out List<(int Host, Diagnostic First)>? having))
                {
                    byCause.Add(trouble.Key, having = []);
                }

                having.Add((i, trouble.First));
            }
        }

        ImmutableArray<SurveyCause> causes =
        [
            .. byCause.Select(pair => CauseOf(hosts, pair.Key, pair.Value))
                .OrderByDescending(static cause => cause.Hosts.Length)
                .ThenBy(static cause => cause.Key),
        ];
        return new Survey(
            hosts, causes, [.. leftOut.OrderBy(static document => document.Name, StringComparer.Ordinal)]);
    }

    /// <summary>The same with other ways out.</summary>
    /// <param name="wayOuts">That of each cause, in their order; null for none.</param>
    internal Survey With(IReadOnlyList<SurveyWayOut?> wayOuts) => new(
        Hosts, [.. Causes.Select((cause, i) => cause with { WayOut = wayOuts[i] })], LeftOut);

    private static SurveyCause CauseOf(
        ImmutableArray<HostAnswer> hosts, CauseKey key, List<(int Host, Diagnostic First)> having)
    {
        (int Host, Diagnostic First) example = having
            .OrderBy(each => hosts[each.Host].Troubles.Length)
            .ThenBy(each => hosts[each.Host].ObjectCount)
            .ThenBy(static each => each.Host)
            .First();
        return new SurveyCause(
            key, [.. having.Select(static each => each.Host)], example.Host, example.First);
    }
}
