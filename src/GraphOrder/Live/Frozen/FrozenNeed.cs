namespace GraphOrder;

/// <summary>What somebody declared, by ids of the live graph, and the phases in which it counts.</summary>
internal readonly record struct FrozenNeed(DeclaredDependency Declared, PhaseSet Phases)
{
    /// <summary>Whether it is the half of a description that its owner lists.</summary>
    public bool IsDescription => Declared.Origin.Source == DependencySource.Describes
        && Declared.Phases == DependencyExpansion.DescribesOnPreserve;

    /// <summary>A list of needs as the rows have it.</summary>
    public static FrozenNeed[] ListOf(LiveRows rows, RowListEnds ends)
    {
        int count = 0;
        for (int row = ends.FirstRow; row >= 0; row = rows.NextNeed(row))
        {
            count++;
        }

        FrozenNeed[] needs = count == 0 ? [] : new FrozenNeed[count];
        count = 0;
        for (int row = ends.FirstRow; row >= 0; row = rows.NextNeed(row))
        {
            ref DependencyRow found = ref rows.Dependency(row);
            needs[count++] = new FrozenNeed(found.Declared, found.Phases);
        }

        return needs;
    }
}
