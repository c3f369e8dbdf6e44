namespace GraphOrder;

/// <summary>
/// Reads objects of a session set that say what most say, in the form in which most say it, several times
/// faster than <see cref="ObjectReader"/>. The first one that says more, or is wrong, or ends behind the
/// buffer, is left whole to that, which alone reports problems.
/// </summary>
internal ref struct PlainObjectReader
{
    private const int IdBit = 1;
    private const int KindBit = 2;
    private const int SessionBit = 4;
    private const int CarrierBit = 8;
    private const int TokenBit = 16;
    private const int NeedsBit = 32;
    private const int DescribesBit = 64;
    private const int HexadecimalDigitsMax = 15;

    private readonly PendingSet _pending;
    private readonly ReaderLimits _limits;
    private PlainText _text;
    private int _lastSession = -1;

    public PlainObjectReader(PlainText text, PendingSet pending, ReaderLimits limits)
    {
        _text = text;
        _pending = pending;
        _limits = limits;
    }

    /// <summary>Reads objects, each behind a comma, as long as they are plain.</summary>
    /// <returns>The text behind the last one.</returns>
    public PlainText ReadAll()
    {
        PlainText behind = _text;
        while (TryRead())
        {
            behind = _text;
        }

        return behind;
    }

    private bool TryRead()
    {
        int objectCount = _pending.Objects.Count;
        int needCount = _pending.Needs.Count;
        int describedCount = _pending.Describes.Count;
        if (objectCount < _limits.ListCountMax
            && _text.TryTake((byte)',')
            && _text.TrySkipSpace()
            && TryReadObject(objectCount))
        {
            return true;
        }

        _pending.Objects.Truncate(objectCount);
        _pending.Needs.Truncate(needCount);
        _pending.Describes.Truncate(describedCount);
        return false;
    }

    private bool TryReadObject(int number)
    {
        ref PendingObject found = ref _pending.Objects.Add();
        found = new PendingObject { Location = _text.Location };
        if (!_text.TryTake((byte)'{'))
        {
            return false;
        }

        int seen = 0;
        do
        {
            if (!_text.TrySkipSpace()
                || !_text.TryString(out ReadOnlySpan<byte> name)
                || !_text.TryTake((byte)':')
                || !_text.TrySkipSpace()
                || !TryReadMember(name, number, ref found, out int bit)
                || (seen & bit) != 0
                || !_text.TrySkipSpace())
            {
                return false;
            }

            seen |= bit;
        }
        while (_text.TryTakeComma());
        return _text.Take() == (byte)'}' && (seen & (IdBit | KindBit)) == (IdBit | KindBit);
    }

    private bool TryReadMember(
        ReadOnlySpan<byte> name, int number, ref PendingObject found, out int bit)
    {
        switch (name.Length)
        {
            case 2 when name.SequenceEqual("id"u8):
                bit = IdBit;
                return TryReadId(ref found);
            case 4 when name.SequenceEqual("kind"u8):
                bit = KindBit;
                return TryReadKind(ref found);
            case 5 when name.SequenceEqual("token"u8):
                bit = TokenBit;
                return TryReadToken(ref found);
            case 5 when name.SequenceEqual("needs"u8):
                bit = NeedsBit;
                return TryReadReferences(_pending.Needs, new ObjectId(number));
            case 6 when name.SequenceEqual("within"u8):
                bit = CarrierBit;
                return TryReadCarrier(ref found);
            case 7 when name.SequenceEqual("session"u8):
                bit = SessionBit;
                return TryReadSession(ref found);
            case 9 when name.SequenceEqual("describes"u8):
                bit = DescribesBit;
                return TryReadReferences(_pending.Describes, new ObjectId(number));
            default:
                bit = 0;
                return false;
        }
    }

    private bool TryReadId(ref PendingObject found)
    {
        if (!_text.TryString(out ReadOnlySpan<byte> id) || id.IsEmpty || id.StartsWith("session:"u8))
        {
            return false;
        }

        _pending.Names.TryAdd(id, out int name);
        found.Name = name;
        return true;
    }

    private bool TryReadKind(ref PendingObject found)
    {
        if (!_text.TryString(out ReadOnlySpan<byte> name)
            || !_pending.Kinds.TryFind(name, out int kind))
        {
            return false;
        }

        found.Kind = kind;
        found.IsAct = _pending.Kinds[kind] == ObjectKind.Act;
        return true;
    }

    private bool TryReadSession(ref PendingObject found)
    {
        SourceLocation location = _text.Location;
        if (!_text.TryString(out ReadOnlySpan<byte> name))
        {
            return false;
        }

        // One session's objects mostly stand together.
        if (_lastSession < 0 || !_pending.SessionNames.Utf8(_lastSession).SequenceEqual(name))
        {
            _pending.SessionNames.TryAdd(name, out _lastSession);
        }

        found.SaysPlace = true;
        found.Session = new Mention(_lastSession, location);
        return true;
    }

    private bool TryReadCarrier(ref PendingObject found)
    {
        SourceLocation location = _text.Location;
        if (!_text.TryString(out ReadOnlySpan<byte> id))
        {
            return false;
        }

        _pending.Names.TryAdd(id, out int name);
        found.SaysPlace = true;
        found.Carrier = new Mention(name, location);
        return true;
    }

    private bool TryReadToken(ref PendingObject found)
    {
        found.TokenLocation = _text.Location;
        if (!_text.TryString(out ReadOnlySpan<byte> text)
            || text.Length is < 3 or > 2 + HexadecimalDigitsMax
            || !text.StartsWith("0x"u8))
        {
            return false;
        }

        ulong token = 0;
        foreach (byte digit in text[2..])
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }

            token = (token << 4) | (digit <= '9' ? digit - (ulong)'0' : (digit & 0xDFUL) - 'A' + 10);
        }

        found.Token = token;
        return true;
    }

    // An empty list is not plain: it is noted.
    private bool TryReadReferences(SegmentedList<ObjectReference> references, ObjectId owner)
    {
        if (!_text.TryTake((byte)'['))
        {
            return false;
        }

        do
        {
            if (!_text.TrySkipSpace())
            {
                return false;
            }

            SourceLocation location = _text.Location;
            if (!_text.TryString(out ReadOnlySpan<byte> id)
                || references.Count >= _limits.ListCountMax
                || !_text.TrySkipSpace())
            {
                return false;
            }

            _pending.Names.TryAdd(id, out int name);
            references.Add(new ObjectReference(owner, new ObjectId(name), location));
        }
        while (_text.TryTakeComma());
        return _text.Take() == (byte)']';
    }
}
