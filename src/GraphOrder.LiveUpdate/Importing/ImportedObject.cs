namespace GraphOrder.LiveUpdate;

/// <summary>An object of a set in the making.</summary>
internal sealed class ImportedObject(string id, ObjectKind kind)
{
    public string Id { get; } = id;

    public ObjectKind Kind { get; } = kind;

    public string? Session { get; init; }

    public string? Within { get; init; }

    /// <summary>The phase of an act; null for everything else.</summary>
    public Phase? Phase { get; init; }

    /// <summary>Whether an act is done as late as is legal.</summary>
    public bool IsLate { get; init; }

    public ulong? Token { get; init; }

    public long? Bytes { get; set; }

    public Seals? Seals { get; set; }

    public string? Inode { get; init; }

    public PageTableFacts? PageTable { get; init; }

    /// <summary>Where a memfd lies, in file order; null where nobody says.</summary>
    public List<FileExtent>? Extents { get; set; }

    public List<string> Needs { get; } = [];

    public List<string> Describes { get; } = [];

    /// <summary>Members of the importer's own; each name begins with <c>x-</c>.</summary>
    public List<DiagnosticFact> Extras { get; } = [];
}
