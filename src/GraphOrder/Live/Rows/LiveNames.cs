namespace GraphOrder;

/// <summary>
/// Names of rows as bytes of UTF-8, each once among those that are there. Names come and go; a row keeps the
/// room of its name for the next one. Not thread-safe.
/// </summary>
internal sealed class LiveNames
{
    private const int SlotCountMin = 16;

    private PagedList<NameRow> _rows = new();
    private NameSlot[] _slots = new NameSlot[SlotCountMin];
    private int _count;

    /// <summary>The name of a row, whether it is there or has left.</summary>
    public ReadOnlySpan<byte> this[int row] => _rows[row].Bytes.AsSpan(0, _rows[row].Length);

    /// <summary>The hash of the name of a row.</summary>
    public uint HashOf(int row) => _rows[row].Hash;

    /// <summary>Gives a row a name that no other has. O(length) expected.</summary>
    public void Add(int row, ReadOnlySpan<byte> utf8)
    {
        while (_rows.Count <= row)
        {
            _rows.Add();
            _rows[_rows.Count - 1].Bytes = [];
        }

        ref NameRow named = ref _rows[row];
        if (named.Bytes.Length < utf8.Length)
        {
            named.Bytes = new byte[utf8.Length];
        }

        utf8.CopyTo(named.Bytes);
        named.Length = utf8.Length;
        named.Hash = NameTable.Hash(utf8);
        Restore(row);
    }

    /// <summary>The row of a name that is there.</summary>
    public bool TryFind(ReadOnlySpan<byte> utf8, out int row)
    {
        uint hash = NameTable.Hash(utf8);
        for (int slot = Home(hash); _slots[slot].IsTaken; slot = After(slot))
        {
            row = _slots[slot].Row;
            if (_slots[slot].Hash == hash && this[row].SequenceEqual(utf8))
            {
                return true;
            }
        }

        row = -1;
        return false;
    }

    /// <summary>Puts the name of a row back.</summary>
    public void Restore(int row)
    {
        if (4L * (_count + 1) > 3L * _slots.Length)
        {
            NameSlot[] old = _slots;
            _slots = new NameSlot[2 * old.Length];
            foreach (NameSlot slot in old)
            {
                if (slot.IsTaken)
                {
                    Place(slot);
                }
            }
        }

        _count++;
        Place(new NameSlot(row, _rows[row].Hash));
    }

    /// <summary>Takes the name of a row out; its bytes stay until the row gets another.</summary>
    public void Remove(int row)
    {
        int gap = Home(_rows[row].Hash);
        while (_slots[gap].Row != row)
        {
            gap = After(gap);
        }

        // What a search would no longer reach beyond the gap moves into it.
        int mask = _slots.Length - 1;
        for (int slot = After(gap); _slots[slot].IsTaken; slot = After(slot))
        {
            int home = Home(_slots[slot].Hash);
            if (((slot - home) & mask) >= ((slot - gap) & mask))
            {
                _slots[gap] = _slots[slot];
                gap = slot;
            }
        }

        _slots[gap] = default;
        _count--;
    }

    private int Home(uint hash) => (int)(hash & (uint)(_slots.Length - 1));

    private int After(int slot) => (slot + 1) & (_slots.Length - 1);

    private void Place(NameSlot taken)
    {
        int slot = Home(taken.Hash);
        while (_slots[slot].IsTaken)
        {
            slot = After(slot);
        }

        _slots[slot] = taken;
    }

    // The hash stands here too, so that no other row is looked at.
    private readonly struct NameSlot(int row, uint hash)
    {
        private readonly int _number = row + 1;

        public uint Hash { get; } = hash;

        public bool IsTaken => _number != 0;

        public int Row => _number - 1;
    }

    private struct NameRow
    {
        public byte[] Bytes;
        public int Length;
        public uint Hash;
    }
}
