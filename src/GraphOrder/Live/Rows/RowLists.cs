namespace GraphOrder;

/// <summary>
/// Doubly linked lists of rows by number, each row in one of them at most. A row that leaves remembers its
/// place, so that leaving can be taken back, the last first. Not thread-safe.
/// </summary>
internal sealed class RowLists
{
    private const int None = -1;

    // Numbers from 1 up, so that what nobody has written is the end of a list.
    private PagedList<RowLinks> _links = new();

    /// <summary>The row after another; -1 after the last.</summary>
    public int Next(int row) => _links[row].Next - 1;

    /// <summary>The row in front of another; -1 in front of the first.</summary>
    public int Previous(int row) => _links[row].Previous - 1;

    /// <summary>Puts a row at the end.</summary>
    public void Append(ref RowListEnds ends, int row)
    {
        while (_links.Count <= row)
        {
            _links.Add();
        }

        _links[row] = new RowLinks { Previous = ends.Last };
        Restore(ref ends, row);
    }

    /// <summary>Takes a row out.</summary>
    public void Remove(ref RowListEnds ends, int row)
    {
        RowLinks own = _links[row];
        (own.Previous - 1 == None ? ref ends.First : ref _links[own.Previous - 1].Next) = own.Next;
        (own.Next - 1 == None ? ref ends.Last : ref _links[own.Next - 1].Previous) = own.Previous;
    }

    /// <summary>Puts a row back where it was when it left.</summary>
    public void Restore(ref RowListEnds ends, int row)
    {
        RowLinks own = _links[row];
        (own.Previous - 1 == None ? ref ends.First : ref _links[own.Previous - 1].Next) = row + 1;
        (own.Next - 1 == None ? ref ends.Last : ref _links[own.Next - 1].Previous) = row + 1;
    }

    private struct RowLinks
    {
        public int Previous;
        public int Next;
    }
}
