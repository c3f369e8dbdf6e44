using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace GraphOrder;

/// <summary>
/// Reads a request: one JSON object whose documents are cut out of it and left to their own readers. It goes
/// on behind what is wrong, so that whoever asked gets his <c>id</c> back.
/// </summary>
internal ref struct RequestReader
{
    /// <summary>The schema that a request may name.</summary>
    public const string Schema = "graphorder/request/1";

    private static readonly MemberNames Names = new(
        "schema", "request", "id", "set", "plan", "state", "model", "waive", "certificate", "acceptDerived",
        "maxBlackoutMicroseconds", "first", "then", "phase", "object", "assumeQuiet", "files", "sessions",
        "objects", "dependencies", "areas");

    private static readonly JsonReaderState BehindMember = StateBehindMember();

    private readonly ReadOnlyMemory<byte> _request;
    private readonly RequestMembers _members;
    private Utf8JsonReader _reader;
    private int _readerStart;

    private RequestReader(ReadOnlyMemory<byte> request, RequestMembers members)
    {
        _request = request;
        _members = members;
        _reader = new Utf8JsonReader(request.Span);
    }

    /// <summary>How messages and documents call a member.</summary>
    public static string NameOf(RequestMember member) => Names[(int)member];

    /// <summary>Reads a request.</summary>
    /// <param name="request">Its bytes, which stay as they are while the members are used.</param>
    /// <param name="members">What takes it in; it keeps what was read where this throws.</param>
    /// <exception cref="MalformedDocumentException">It is no JSON.</exception>
    public static void Read(ReadOnlyMemory<byte> request, RequestMembers members)
    {
        try
        {
            new RequestReader(request, members).ReadAll();
        }
        catch (JsonException)
        {
            ThrowPlaced(request);
        }
    }

    // Reading it whole finds the same fault, with its place.
    private static void ThrowPlaced(ReadOnlyMemory<byte> request)
    {
        JsonCursor cursor = new(
            new SliceStream(request),
            "request",
            ReaderLimits.Default with { TokenBytesMax = int.MaxValue },
            CancellationToken.None);
        while (cursor.Read())
        {
        }

        throw cursor.Problem(
            DiagnosticCode.SyntaxError, cursor.Location, new DiagnosticFact("found", "this"));
    }

    private static JsonReaderState StateBehindMember()
    {
        Utf8JsonReader reader = new("{\"a\":null"u8, isFinalBlock: false, state: default);
        while (reader.Read())
        {
        }

        return reader.CurrentState;
    }

    private void ReadAll()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
        {
            Wrong("A request is one JSON object. Write {\"request\": \"plan\", …}.");
            _reader.Skip();
        }
        else
        {
            ReadMembers();
        }

        while (_reader.Read())
        {
        }

        CheckForm();
    }

    private void ReadMembers()
    {
        int guess = 0;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isPlain = !_reader.ValueIsEscaped && Utf8.IsValid(_reader.ValueSpan);
            int member = isPlain ? Names.Find(_reader.ValueSpan, guess) : -1;
            if (member >= 0)
            {
                guess = member + 1;
            }
            else if (!isPlain || !_reader.ValueSpan.StartsWith("x-"u8))
            {
                WrongName(isPlain ? Encoding.UTF8.GetString(_reader.ValueSpan) : "");
            }

            _reader.Read();
            if (member < 0)
            {
                _reader.Skip();
                continue;
            }

            if (!_members.Note((RequestMember)member))
            {
                Wrong($"'{Names[member]}' stands twice in the request. Remove one of the two.");
            }

            ReadValue((RequestMember)member);
        }
    }

    private void ReadValue(RequestMember member)
    {
        switch (member)
        {
            case RequestMember.Schema: ReadSchema(); break;
            case RequestMember.Request: ReadKind(); break;
            case RequestMember.Id: ReadId(); break;
            case RequestMember.Set or RequestMember.Plan or RequestMember.State:
                Cut(member, JsonTokenType.StartObject, "an object, the document itself");
                break;
            case RequestMember.Sessions or RequestMember.Objects or RequestMember.Dependencies
                or RequestMember.Areas:
                Cut(member, JsonTokenType.StartArray, "a list");
                break;
            case RequestMember.Model: _members.Model = Text(member); break;
            case RequestMember.First: _members.First = Text(member); break;
            case RequestMember.Then: _members.Then = Text(member); break;
            case RequestMember.Phase: _members.Phase = Text(member); break;
            case RequestMember.Object: _members.Object = Text(member); break;
            case RequestMember.Waive: ReadTexts(member, _members.Waive); break;
            case RequestMember.AssumeQuiet: ReadTexts(member, _members.AssumeQuiet); break;
            case RequestMember.Certificate: _members.WithCertificate = Truth(member); break;
            case RequestMember.AcceptDerived: _members.AcceptsDerived = Truth(member); break;
            case RequestMember.Files: _members.WantsFiles = Truth(member); break;
            default: ReadBlackout(member); break;
        }
    }

    private void ReadSchema()
    {
        if (Text(RequestMember.Schema) is { } schema && schema != Schema)
        {
            Wrong($"The schema is '{Printable.Of(schema)}', and '{Schema}' is read here. Leave it out or "
                + "correct it.");
        }
    }

    private void ReadKind()
    {
        if (Text(RequestMember.Request) is { } kind)
        {
            _members.Form = RequestForm.Find(kind);
            if (_members.Form is null)
            {
                Wrong(RequestNames.WrongValue(
                    "'request'", kind, Array.ConvertAll(RequestForm.All, static form => form.Name)));
            }
        }
    }

    private void ReadId()
    {
        int start = _readerStart + (int)_reader.TokenStartIndex;
        _reader.Skip();
        ReadOnlyMemory<byte> id = _request[start..(_readerStart + (int)_reader.BytesConsumed)];
        if (Utf8.IsValid(id.Span))
        {
            _members[RequestMember.Id] = id;
            _members.IdStart = start;
        }
        else
        {
            Wrong("'id' is not valid UTF-8. Send the request as UTF-8.");
        }
    }

    // The document is not read here: the reader goes on behind its last bracket.
    private void Cut(RequestMember member, JsonTokenType opening, string expected)
    {
        if (_reader.TokenType != opening)
        {
            WrongType(member, expected);
            return;
        }

        int start = _readerStart + (int)_reader.TokenStartIndex;
        int end = ValueScan.EndOf(_request.Span, start);
        if (end < 0)
        {
            throw new JsonException();
        }

        _members[member] = _request[start..end];
        _readerStart = end;
        _reader = new Utf8JsonReader(_request.Span[end..], isFinalBlock: true, BehindMember);
    }

    private void ReadBlackout(RequestMember member)
    {
        if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out long value) && value >= 0)
        {
            _members.BlackoutMicrosecondsMax = value;
        }
        else
        {
            WrongType(member, "a whole number of microseconds");
        }
    }

    private void ReadTexts(RequestMember member, List<string> texts)
    {
        const string expected = "a list of strings";
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            WrongType(member, expected);
            return;
        }

        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (TryText(out string? text))
            {
                texts.Add(text!);
            }
            else
            {
                WrongType(member, expected);
            }
        }
    }

    private bool Truth(RequestMember member)
    {
        if (_reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return _reader.TokenType == JsonTokenType.True;
        }

        WrongType(member, "true or false");
        return false;
    }

    private string? Text(RequestMember member)
    {
        if (TryText(out string? text))
        {
            return text;
        }

        WrongType(member, "a string");
        return null;
    }

    private readonly bool TryText(out string? text)
    {
        text = null;
        try
        {
            text = _reader.TokenType == JsonTokenType.String ? _reader.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or no UTF-8 at all.
        }

        return text is not null;
    }

    private void WrongType(RequestMember member, string expected)
    {
        Wrong($"'{NameOf(member)}' takes {expected}. Write one.");
        _reader.Skip();
    }

    private readonly void WrongName(string name) =>
        Wrong($"A request has no member '{Printable.Of(name)}'."
            + (Similarity.Nearest(name, Names.Names) is { } nearest ? $" Did you mean '{nearest}'?"
                : " Members of your own begin with 'x-'."));

    private readonly void Wrong(string problem) => _members.Problem ??= problem;

    private readonly void CheckForm()
    {
        if (_members.Form is not { } form)
        {
            Wrong("'request' is missing. It takes: "
                + $"{string.Join(", ", Array.ConvertAll(RequestForm.All, static form => form.Name))}.");
            return;
        }

        for (int member = 0; member < Names.Names.Length; member++)
        {
            if (_members.Has((RequestMember)member) && !form.Takes((RequestMember)member))
            {
                Wrong($"'{form.Name}' takes no '{Names[member]}'. Leave it out.");
            }
        }

        foreach (RequestMember needed in form.Needed)
        {
            if (!_members.Has(needed))
            {
                Wrong($"'{form.Name}' needs '{NameOf(needed)}'. Add it.");
            }
        }
    }
}
