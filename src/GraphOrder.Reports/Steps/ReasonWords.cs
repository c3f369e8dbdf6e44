namespace GraphOrder.Reports;

/// <summary>
/// How a reason is put into words. Equal leads are told together: <c>ioas maps ram, state</c>.
/// </summary>
/// <param name="Rank">
/// The lower, the more it says; of several reasons for one step the lowest is told.
/// </param>
/// <param name="Lead">
/// The words before the names of what is needed; empty where there is nothing to say.
/// </param>
/// <param name="NamesNeeded">Whether the names of what is needed follow.</param>
internal readonly record struct ReasonPhrase(int Rank, string Lead, bool NamesNeeded);

/// <summary>The words for one dependency between two ends, by what they are and who says so.</summary>
internal static class ReasonWords
{
    /// <summary>The rank of a path through objects that the kernel moves.</summary>
    public const int Through = 7;

    /// <summary>What is added to a rank where another phase than the line's own says so.</summary>
    public const int Qualified = 10;

    private const int Mapping = 0;
    private const int Attachment = 1;
    private const int Belonging = 2;
    private const int Description = 3;
    private const int Told = 4;
    private const int Named = 5;
    private const int Bare = 6;

    /// <summary>What the dependent does with what it needs, as one word.</summary>
    public static string VerbOf(DependencyGraph graph, DependencyEnd dependent, DependencyEnd on) =>
        IsMapping(graph, dependent, on) ? "maps" : "needs";

    /// <summary>The phrase of a dependency in a line about a file.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="dependency">The dependency.</param>
    /// <param name="dependent">
    /// The name of the dependent; empty where it is the file that the line is about.
    /// </param>
    /// <param name="isRetrieve">Whether the line is about a retrieve.</param>
    public static ReasonPhrase Of(
        DependencyGraph graph, in Dependency dependency, string dependent, bool isRetrieve)
    {
        DependencyOrigin origin = dependency.Origin;
        if (origin.Source == DependencySource.Describes)
        {
            return isRetrieve
                ? new ReasonPhrase(Description, "names the tokens", false)
                : new ReasonPhrase(Description, Sentence(dependent, "describes"), true);
        }

        if (origin.Source == DependencySource.Declared && InDeclarersWords(origin) is { } told)
        {
            return told;
        }

        if (IsMapping(graph, dependency.Dependent, dependency.On))
        {
            return new ReasonPhrase(Mapping, Sentence(dependent, "maps"), true);
        }

        return ByKinds(graph, dependency, dependent)
            ?? (dependent.Length > 0
                ? new ReasonPhrase(Named, Sentence(dependent, "needs"), true)
                : new ReasonPhrase(Bare, "", false));
    }

    /// <summary>The phrase of a dependency in a line about what is needed: <c>mapped by domain</c>.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="dependency">The dependency.</param>
    /// <param name="on">
    /// The name of what is needed; empty where it is what the line is about.
    /// </param>
    public static ReasonPhrase OfDependent(DependencyGraph graph, in Dependency dependency, string on) =>
        IsMapping(graph, dependency.Dependent, dependency.On)
            ? new ReasonPhrase(Mapping, Sentence(on, "mapped by"), true)
            : new ReasonPhrase(Named, Sentence(on, "needed by"), true);

    private static ReasonPhrase? InDeclarersWords(DependencyOrigin origin)
    {
        string? by = origin.DeclaredBy is { } declarer ? PlainText.Id(declarer) : null;
        return origin.Why is { } why
            ? new ReasonPhrase(Told, PlainText.Quoted(why) + (by is null ? "" : $" ({by})"), false)
            : by is not null ? new ReasonPhrase(Told, $"declared by {by}", false)
            : null;
    }

    private static ReasonPhrase? ByKinds(DependencyGraph graph, in Dependency dependency, string dependent)
    {
        if (dependency.Dependent.IsSession || dependency.On.IsSession)
        {
            return null;
        }

        ObjectKind needing = graph[dependency.Dependent.ObjectId].Kind;
        ObjectKind needed = graph[dependency.On.ObjectId].Kind;
        return needing == ObjectKind.VfioDevice && needed == ObjectKind.Hwpt
                ? new ReasonPhrase(Attachment, Sentence(dependent, "attached to"), true)
            : needing == ObjectKind.VfioDevice && needed == ObjectKind.Iommufd
                ? new ReasonPhrase(Belonging, Sentence(dependent, "bound to"), true)
            : needing == ObjectKind.KvmVcpu && needed == ObjectKind.KvmVm
                ? new ReasonPhrase(Attachment, Sentence(dependent, "vCPU of"), true)
            : needing == ObjectKind.GuestMemfd && needed == ObjectKind.KvmVm
                ? new ReasonPhrase(Attachment, Sentence(dependent, "memory of"), true)
            : needing == ObjectKind.DmaBuf && needed == ObjectKind.VfioDevice
                ? new ReasonPhrase(Attachment, Sentence(dependent, "exported by"), true)
            : null;
    }

    private static bool IsMapping(DependencyGraph graph, DependencyEnd dependent, DependencyEnd on)
    {
        if (dependent.IsSession || on.IsSession)
        {
            return false;
        }

        ObjectKind needing = graph[dependent.ObjectId].Kind;
        ObjectKind needed = graph[on.ObjectId].Kind;
        bool isMapper = needing == ObjectKind.Ioas || needing == ObjectKind.IommuDomain
            || needing == ObjectKind.KvmVm;
        bool isMemory = needed == ObjectKind.Memfd || needed == ObjectKind.MemfdHugetlb
            || needed == ObjectKind.GuestMemfd || needed == ObjectKind.DmaBuf;
        return isMapper && isMemory;
    }

    private static string Sentence(string dependent, string verb) =>
        dependent.Length > 0 ? $"{dependent} {verb}" : verb;
}
