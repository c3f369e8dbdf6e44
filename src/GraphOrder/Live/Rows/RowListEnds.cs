namespace GraphOrder;

/// <summary>Both ends of one of <see cref="RowLists"/>; <c>default</c> is an empty list.</summary>
internal struct RowListEnds
{
    /// <summary>The first row, counted from 1; 0 where there is none.</summary>
    public int First;

    /// <summary>The last row, counted from 1; 0 where there is none.</summary>
    public int Last;

    /// <summary>The first row; -1 where there is none.</summary>
    public readonly int FirstRow => First - 1;

    /// <summary>The last row; -1 where there is none.</summary>
    public readonly int LastRow => Last - 1;
}
