namespace GraphOrder.LiveUpdate;

/// <summary>
/// Makes random sequences of calls from a seed. What it chooses does not hang on any answer, so both
/// processes
/// get the same ones, and so does the kernel behind a kexec that knows the seed.
/// </summary>
internal sealed class TortureSequence
{
    private const int OddPercent = 12;
    private const int MalformedPercent = 12;
    private const int BytesMax = 1 << 20;
    private const int PageBytes = 4096;

    private readonly TortureChoices _choices;
    private readonly List<TortureCall> _calls = [];
    private readonly List<int> _devices = [];
    private readonly List<int> _sessions = [];
    private readonly List<int> _files = [];
    private readonly List<int> _others = [];
    private readonly bool _isNext;
    private readonly List<(ulong Name, ulong Token)> _preserved;
    private readonly Dictionary<int, ulong> _names = [];

    private TortureSequence(ulong seed, IReadOnlyList<TortureCall> earlier)
    {
        _choices = new(seed);
        _isNext = earlier.Count > 0;
        _preserved = _isNext ? Preserved(earlier) : [];
    }

    /// <summary>A sequence for a kernel without incoming sessions.</summary>
    public static List<TortureCall> Make(ulong seed, int length) => new TortureSequence(seed,
        []).Fill(length);

    /// <summary>One for the kernel after that in which the earlier sequence ran.</summary>
    public static List<TortureCall> MakeNext(ulong seed, int length, List<TortureCall> earlier) =>
        new TortureSequence(seed ^ 0x5DEECE66D, earlier).Fill(length);

    /// <summary>What looks at everything that may be open at the end.</summary>
    private List<TortureCall> Fill(int length)
    {
        _devices.Add(Add(new(0, TortureKind.Open,
            Bytes: (long)(OpenModes.ReadWrite | OpenModes.CloseOnExec))));
        if (!_isNext)
        {
            for (int i = 0; i < 2; i++)
            {
                Memory();
                Add(new(0, TortureKind.Length, _files[^1], Bytes: PageBytes * (1 + _choices.Next(4))));
            }

            Session(create: true);
        }

        while (_calls.Count < length)
        {
            One();
        }

        foreach (int file in _files)
        {
            Add(new(0, TortureKind.Status, file));
            Add(new(0, TortureKind.Read, file, Bytes: BytesMax));
            Add(new(0, TortureKind.Seals, file));
            Add(new(0, TortureKind.Position, file));
        }

        return _calls;
    }

    private static List<(ulong Name, ulong Token)> Preserved(IReadOnlyList<TortureCall> earlier)
    {
        Dictionary<int, ulong> names = [];
        List<(ulong Name, ulong Token)> found = [];
        foreach (TortureCall call in earlier)
        {
            if (call.Kind == TortureKind.Control && TortureArguments.HasName(call))
            {
                names[call.Id] = call.Token;
            }
            else if (call.Kind == TortureKind.Control && TortureArguments.HasToken(call)
                && names.TryGetValue(call.On, out ulong name))
            {
                found.Add((name, call.Token));
            }
        }

        return found;
    }

    private int Add(TortureCall call)
    {
        int id = _calls.Count;
        _calls.Add(call with { Id = id });
        return id;
    }

    private int Pick(List<int> made)
    {
        if (_choices.Percent(OddPercent) || made.Count == 0)
        {
            List<int> any = _choices.Of(_devices, _sessions, _files, _others);
            return any.Count == 0 || _choices.Percent(10) ? -1 : any[_choices.Next(any.Count)];
        }

        return made[_choices.Next(made.Count)];
    }

    private void One()
    {
        int kind = _choices.Next(100);
        switch (kind)
        {
            case < 6:
                Memory();
                break;
            case < 10:
                Opened();
                break;
            case < 18:
                Session(create: !_choices.Percent(_isNext ? 80 : 15));
                break;
            case < 30:
                Preserve();
                break;
            case < 42:
                Retrieve();
                break;
            case < 46:
                Malformed();
                break;
            case < 52:
                Add(Request(5, Pick(_sessions)));
                break;
            case < 55:
                Add(Request(4, Pick(_sessions)));
                break;
            case < 61:
                Forget();
                break;
            default:
                FileCall();
                break;
        }
    }

    private void Memory()
    {
        MemoryModes modes = _choices.Of(
            MemoryModes.AllowSealing, MemoryModes.AllowSealing, MemoryModes.None, MemoryModes.NoExecSeal,
            MemoryModes.Exec, MemoryModes.AllowSealing | MemoryModes.Exec,
                MemoryModes.NoExecSeal | MemoryModes.Exec, (MemoryModes)0x20);
        _files.Add(Add(new(0, TortureKind.Memory,
            Bytes: (long)(modes | Sometimes(MemoryModes.CloseOnExec)))));
    }

    private MemoryModes Sometimes(MemoryModes modes) => _choices.Percent(50) ? modes : MemoryModes.None;

    private void Opened()
    {
        switch (_choices.Next(8))
        {
            case 0:
                int path = _choices.Next(TortureWords.NamedFile);
                OpenModes modes = _choices.Of(OpenModes.ReadOnly, OpenModes.ReadWrite, OpenModes.PathOnly);
                (path == 0 ? _devices : _others).Add(Add(new(
                    0, TortureKind.Open, Bytes: (long)(modes | OpenModes.CloseOnExec), Pick: path)));
                break;
            case 1:
                _files.Add(Add(new(
                    0,
                    TortureKind.Open,
                    Bytes: (long)(OpenModes.ReadWrite | OpenModes.Create | _choices.Of(default,
                        OpenModes.Exclusive)),
                    Pick: TortureWords.NamedFile)));
                break;
            case 2:
                Add(new(0, TortureKind.Unlink, Pick: _choices.Of(TortureWords.NamedFile, 3)));
                break;
            case 3:
                _files.Add(Add(new(
                    0, TortureKind.Open, Bytes: (long)(OpenModes.ReadWrite | OpenModes.Unnamed), Pick: 2)));
                break;
            case 4:
                _others.Add(Add(new(0, _choices.Of(TortureKind.Pipe, TortureKind.Event))));
                break;
            case 5:
                _files.Add(Add(new(
                    0,
                    TortureKind.Reopen,
                    Pick(_files),
                    Bytes: (long)_choices.Of(OpenModes.ReadOnly, OpenModes.ReadWrite, OpenModes.PathOnly))));
                break;
            default:
                List<int> made = _choices.Of(_files, _sessions, _devices);
                made.Add(Add(new(0, TortureKind.Duplicate, Pick(made))));
                break;
        }
    }

    private TortureCall Request(int request, int on, ulong token = 0, int other = -1) => new(
        0,
        TortureKind.Control,
        on,
        other,
        Bytes: TortureWords.RequestBytes[request]
            + (_choices.Percent(3) ? _choices.Of(-1, 1, 8, 100, -TortureWords.RequestBytes[request]) : 0),
        Pick: request,
        Token: token);

    private void Session(bool create)
    {
        ulong name = (ulong)_choices.Next(_choices.Percent(80)
            ? TortureWords.OddNames : TortureWords.NameCount);
        if (!create && _preserved.Count > 0 && _choices.Percent(80))
        {
            name = _preserved[_choices.Next(_preserved.Count)].Name;
        }

        int made = Add(Request(create ? 0 : 1, Pick(_devices), name));
        _names[made] = name;
        _sessions.Add(made);
    }

    private ulong Token() => _choices.Of(TortureWords.Tokens);

    // Huge pages are there to be refused; what else such a memfd answers is another file system's.
    private void Preserve()
    {
        int file = Pick(_files);
        if (_choices.Percent(3))
        {
            file = Add(new(0, TortureKind.Memory, Bytes: (long)MemoryModes.HugePages));
        }

        Add(Request(2, Pick(_sessions), Token(), file));
    }

    private void Retrieve()
    {
        int session = Pick(_sessions);
        ulong token = Token();
        if (_preserved.Count > 0 && _choices.Percent(80))
        {
            (ulong name, token) = _preserved[_choices.Next(_preserved.Count)];
            foreach (int made in _sessions)
            {
                session = _names.GetValueOrDefault(made, ulong.MaxValue) == name ? made : session;
            }
        }
        else if (!_isNext && _choices.Percent(70))
        {
            Preserve();
            return;
        }

        _files.Add(Add(Request(3, session, token)));
    }

    private void Malformed()
    {
        int request = _choices.Next(TortureWords.Requests.Length);
        int shape = _choices.Of(
            TortureArguments.Whole, TortureArguments.DirtyTail, TortureArguments.Null,
            // A number there would be a descriptor that the two processes do not share.
            request == 2 ? TortureArguments.Whole : TortureArguments.Reserved);
        int least = request < TortureWords.RequestBytes.Length ? TortureWords.RequestBytes[request] : 72;
        int bytes = least + _choices.Of(0, 0, -1, 1, 4, 500, -8);
        Add(new(
            0,
            TortureKind.Control,
            Pick(request < 2 || _choices.Percent(50) ? _devices : _sessions),
            Pick(_files),
            shape == TortureArguments.DirtyTail && bytes <= LiveUpdateAbi.TokenOffset
                ? TortureArguments.Whole : shape,
            bytes,
            request,
            (ulong)_choices.Next(TortureWords.NameCount)));
    }

    // Closed; now and then somebody goes on as if it were open.
    private void Forget()
    {
        List<int> made = _choices.Percent(70) ? _files : _choices.Of(_sessions, _devices, _others);
        if (made.Count == 0)
        {
            return;
        }

        int at = _choices.Next(made.Count);
        Add(new(0, TortureKind.Close, made[at]));
        if (!_choices.Percent(MalformedPercent))
        {
            made.RemoveAt(at);
        }

        if (_devices.Count == 0)
        {
            _devices.Add(Add(new(
                0, TortureKind.Open, Bytes: (long)(OpenModes.ReadWrite | OpenModes.CloseOnExec))));
        }
    }

    private long Size() => _choices.Of<long>(
        0, 1, 100, PageBytes - 1, PageBytes, PageBytes + 1, 2 * PageBytes, 3 * PageBytes, 10_000, BytesMax,
            -1);

    private void FileCall()
    {
        int on = Pick(_choices.Percent(90) ? _files : _choices.Of(_others, _sessions, _devices));
        ulong pattern = (ulong)_choices.Next(256);
        long offset = Size();
        Add(_choices.Next(19) switch
        {
            0 or 1 or 2 => new(0, TortureKind.Length, on, Bytes: Size()),
            3 or 4 => new(0, TortureKind.Write, on, Offset: offset, Bytes: _choices.Next(5000),
                Token: pattern),
            5 => new(0, TortureKind.Map, on, Offset: offset, Bytes: 1 + _choices.Next(5000), Token: pattern),
            6 or 7 => new(0, TortureKind.Read, on, Offset: offset, Bytes: _choices.Next(10_000)),
            8 or 9 => new(
                0, TortureKind.Allocate, on, Offset: offset, Bytes: Size(), Pick: _choices.Of(0, 1, 2, 3, 8,
                    0x40, 0x100)),
            10 => new(0, TortureKind.Seek, on, Offset: offset),
            11 => new(0, TortureKind.Position, on),
            12 => new(0, TortureKind.Extent, on, Offset: offset, Pick: _choices.Next(2)),
            13 => new(0, TortureKind.Mode, on, Bytes: _choices.Of(0, 0x80, 0x180, 0x1B6, 0x1C0, 0x1FF)),
            14 => new(0, TortureKind.Seal, on, Bytes: _choices.Of(1, 2, 4, 6, 8, 0x10, 0x20, 0x3F, 0x40)),
            15 => new(0, TortureKind.Seals, on),
            16 => new(0, TortureKind.Status, on),
            17 => new(0, _choices.Of(TortureKind.StatusFlags, TortureKind.DescriptorFlags, TortureKind.Link),
                on),
            _ => new(0, TortureKind.Compare, on, Pick(_files)),
        });
    }
}
