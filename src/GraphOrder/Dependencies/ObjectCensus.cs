namespace GraphOrder;

/// <summary>
/// What a set has at all, found in one look at its objects, so that whoever asks for what the set does not
/// have need not look again. Immutable.
/// </summary>
internal sealed class ObjectCensus
{
    private readonly long _kinds;

    private ObjectCensus(SessionSet set)
    {
        foreach (ref readonly PreservedObject found in set.Objects.AsSpan())
        {
            _kinds |= BitOf(found.Kind);
            FileCount += found.IsFile ? 1 : 0;
            CarriedCount += found.Carrier is null ? 0 : 1;
            ObjectFacts facts = found.Facts;
            if (!ReferenceEquals(facts, ObjectFacts.None))
            {
                ActCount += facts.Act is null ? 0 : 1;
                HasInodes |= facts.Inode is not null;
                HasPageTables |= facts.PageTable is not null;
            }
        }
    }

    /// <summary>How many objects are files.</summary>
    public int FileCount { get; }

    /// <summary>How many travel in files.</summary>
    public int CarriedCount { get; }

    /// <summary>How many are acts.</summary>
    public int ActCount { get; }

    /// <summary>Whether an object says its inode.</summary>
    public bool HasInodes { get; }

    /// <summary>Whether an object says its page table.</summary>
    public bool HasPageTables { get; }

    /// <summary>Whether there is an object of a well-known kind.</summary>
    public bool Has(ObjectKind kind) => (_kinds & BitOf(kind)) != 0;

    /// <summary>Counts. O(V).</summary>
    public static ObjectCensus Of(SessionSet set) => new(set);

    // All kinds of the user's own have one bit together.
    private static long BitOf(ObjectKind kind) => 1L << (kind.Number + 1);
}
