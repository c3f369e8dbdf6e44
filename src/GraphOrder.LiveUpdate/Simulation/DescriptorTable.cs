namespace GraphOrder.LiveUpdate;

/// <summary>The descriptors of a process: the lowest free number comes next.</summary>
internal sealed class DescriptorTable(int limit)
{
    private readonly List<(OpenFile File, bool ClosesOnExec)?> _entries = [];
    private int _lowestFree;

    /// <summary>The first number that is not given out.</summary>
    public int Limit { get; set; } = limit;

    /// <summary>Whether a number is free.</summary>
    public bool HasRoom => _lowestFree < Limit;

    /// <summary>Numbers in use, ascending.</summary>
    public IEnumerable<int> Open
    {
        get
        {
            for (int i = 0; i < _entries.Count; i++)
            {
                if (_entries[i] is not null)
                {
                    yield return i;
                }
            }
        }
    }

    /// <summary>Gives the lowest free number, which must be there.</summary>
    public int Add(OpenFile file, bool closesOnExec)
    {
        int descriptor = _lowestFree;
        Put(descriptor, file, closesOnExec);
        return descriptor;
    }

    /// <summary>The open file of a descriptor; null where it is not open.</summary>
    public OpenFile? Find(int descriptor) => Entry(descriptor)?.File;

    /// <summary>Whether it closes on exec.</summary>
    public bool ClosesOnExec(int descriptor) => Entry(descriptor)?.ClosesOnExec == true;

    /// <summary>Takes a descriptor out; null where it is not open.</summary>
    public OpenFile? Remove(int descriptor)
    {
        OpenFile? file = Find(descriptor);
        if (file is not null)
        {
            _entries[descriptor] = null;
            _lowestFree = Math.Min(_lowestFree, descriptor);
        }

        return file;
    }

    /// <summary>The same descriptors on the same open files.</summary>
    public DescriptorTable Copy()
    {
        DescriptorTable copy = new(Limit);
        foreach (int descriptor in Open)
        {
            (OpenFile file, bool closesOnExec) = _entries[descriptor]!.Value;
            copy.Put(descriptor, file, closesOnExec);
        }

        return copy;
    }

    private (OpenFile File, bool ClosesOnExec)? Entry(int descriptor) =>
        descriptor >= 0 && descriptor < _entries.Count ? _entries[descriptor] : null;

    private void Put(int descriptor, OpenFile file, bool closesOnExec)
    {
        while (_entries.Count <= descriptor)
        {
            _entries.Add(null);
        }

        _entries[descriptor] = (file, closesOnExec);
        file.References++;
        while (_lowestFree < _entries.Count && _entries[_lowestFree] is not null)
        {
            _lowestFree++;
        }
    }
}
