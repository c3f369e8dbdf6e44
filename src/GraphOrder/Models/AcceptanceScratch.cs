namespace GraphOrder;

/// <summary>What asking the kernels needs on the way; a workspace keeps one. Not thread-safe.</summary>
internal sealed class AcceptanceScratch
{
    private int[] _counts = [];

    /// <summary>The first object of each inode.</summary>
    public Dictionary<string, int> ByInode { get; } = new(StringComparer.Ordinal);

    /// <summary>What has been walked of each domain.</summary>
    public Dictionary<ObjectId, WalkedDomain> Walked { get; } = [];

    /// <summary>Memfds that seals alone protect, each with what maps it.</summary>
    public List<(int Memfd, int Mapper)> SealedOnly { get; } = [];

    /// <summary>Kinds without a handler, as they come; the first file of each, and how many it has.</summary>
    public List<(ObjectKind Kind, int First, int Count)> Unhandled { get; } = [];

    /// <summary>Where each of these kinds stands among them.</summary>
    public Dictionary<ObjectKind, int> UnhandledPlaces { get; } = [];

    /// <summary>A number for each session or object, all of them zero, until somebody asks again.</summary>
    public Span<int> Counts(int count) => Scratch.TakeZeros(ref _counts, count);
}
