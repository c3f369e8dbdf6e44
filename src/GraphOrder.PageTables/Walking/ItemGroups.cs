namespace GraphOrder.PageTables;

/// <summary>
/// Decides for the items of one table, in order, whether those that claim to belong together do. A group that
/// is broken is told once and then read item by item, each for its own place, as hardware does that keeps
/// no group together. Mutable; one for each table.
/// </summary>
internal struct ItemGroups<TFormat> where TFormat : struct, IPageTableFormat
{
    private int _toldUntil;
    private ulong _toldWord;
    private bool _isAnyWordTold;

    /// <summary>Looks at a leaf.</summary>
    /// <param name="table">The items of the table.</param>
    /// <param name="index">The leaf's index.</param>
    /// <param name="level">The table's level.</param>
    /// <param name="reading">Its reading; becomes that of its own place where its group is broken.</param>
    /// <param name="facts">What is known of the platform.</param>
    /// <param name="fault">What is wrong with the group, told once.</param>
    /// <returns>The item that shows it, or -1.</returns>
    public int Check(
        ReadOnlySpan<ulong> table, int index, int level, ref EntryReading reading, in EntryFacts facts,
        out PageTableFaultKind fault)
    {
        fault = PageTableFaultKind.None;
        if (reading.GroupLg2 == 0)
        {
            return -1;
        }

        return TFormat.Groups == GroupKind.OwnAddress
            ? CheckOwnAddresses(table, index, level, reading, facts, out fault)
            : CheckReplicas(table, index, level, ref reading, out fault);
    }

    private static int FirstOther(ReadOnlySpan<ulong> group, ulong word, ulong keep)
    {
        for (int i = 0; i < group.Length; i++)
        {
            if (((group[i] ^ word) & keep) != 0)
            {
                return i;
            }
        }

        return group.Length;
    }

    private int CheckReplicas(
        ReadOnlySpan<ulong> table, int index, int level, ref EntryReading reading,
        out PageTableFaultKind fault)
    {
        fault = PageTableFaultKind.None;
        ulong keep = ~TFormat.HardwareBits(level);
        ulong word = table[index];
        int count = 1 << reading.GroupLg2;
        int first = index & ~(count - 1);
        bool isTold = index < _toldUntil && (_isAnyWordTold || ((word ^ _toldWord) & keep) == 0);
        bool isWhole = !isTold && index == first && first + count <= table.Length
            && FirstOther(table.Slice(first, count), word, keep) == count;
        if (isWhole)
        {
            return -1;
        }

        // What this one item maps: its own part of the page that it names.
        int item = reading.SizeLg2 - reading.GroupLg2;
        reading = reading with
        {
            Physical = reading.Physical + ((ulong)(index - first) << item),
            SizeLg2 = item,
            GroupLg2 = 0,
        };
        if (isTold)
        {
            return -1;
        }

        _toldWord = word;
        bool isShifted = index != first
            && FirstOther(table[index..Math.Min(index + count + 1, table.Length)], word, keep) == count;
        if (isShifted)
        {
            fault = PageTableFaultKind.GroupMisaligned;
            _toldUntil = index + count;
            _isAnyWordTold = false;
            return index;
        }

        fault = TFormat.GroupFault;
        _toldUntil = first + count;
        _isAnyWordTold = true;
        int end = Math.Min(first + count, table.Length);
        int other = first + FirstOther(table[first..end], word, keep);
        return other < end ? other : index;
    }

    private int CheckOwnAddresses(
        ReadOnlySpan<ulong> table, int index, int level, in EntryReading reading, in EntryFacts facts,
        out PageTableFaultKind fault)
    {
        fault = PageTableFaultKind.None;
        if (index < _toldUntil)
        {
            return -1;
        }

        int count = 1 << reading.GroupLg2;
        int first = index & ~(count - 1);
        int end = Math.Min(first + count, table.Length);
        _toldUntil = end;
        fault = TFormat.GroupFault;
        ulong groupMask = Levels.LowMask(reading.SizeLg2 + reading.GroupLg2);
        ulong place = (ulong)(index - first) << reading.SizeLg2;
        if ((reading.Physical & groupMask) != place)
        {
            return index;
        }

        ulong start = reading.Physical - place;
        for (int i = first; i < end; i++)
        {
            EntryReading other = TFormat.Read(table[i], level, facts);
            bool isValid = other.Kind is not (EntryKind.Empty or EntryKind.NotPresent);
            bool agrees = other.Kind == EntryKind.Leaf
                && other.GroupLg2 == reading.GroupLg2
                && other.Access == reading.Access
                && other.Physical == start + ((ulong)(i - first) << reading.SizeLg2)
                && TFormat.Attributes(table[i], level) == TFormat.Attributes(table[index], level);
            if (isValid && !agrees)
            {
                return i;
            }
        }

        fault = PageTableFaultKind.None;
        return -1;
    }
}
