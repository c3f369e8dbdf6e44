using System.Numerics;
using System.Text;
using System.Text.Json;

namespace GraphOrder;

/// <summary>
/// Reads members, lists and values of a document and reports each that is not as it must be, with its
/// place. After a report reading goes on behind the value, so that one run tells everything.
/// </summary>
internal ref partial struct DocumentReader
{
    /// <summary>The largest integer that every reader of JSON takes exactly (RFC 7493): 2^53 - 1.</summary>
    public const long IntegerMax = 9_007_199_254_740_991;

    private readonly bool _ignoresUnknown;
    private readonly string[] _listMembers;
    private JsonCursor _cursor;
    private string _member = "";

    public DocumentReader(JsonCursor cursor, DiagnosticList problems, bool ignoresUnknown)
    {
        _cursor = cursor;
        _ignoresUnknown = ignoresUnknown;
        _listMembers = new string[cursor.Limits.NestingMax + 1];
        Problems = problems;
    }

    public DiagnosticList Problems { get; }

    /// <summary>Where the token stands.</summary>
    public SourceLocation Location => _cursor.Location;

    public readonly JsonTokenType Token => _cursor.Token;

    /// <summary>Goes into the object that is the whole document.</summary>
    public bool TryEnterDocument()
    {
        return _cursor.Read() && TryEnter(JsonTokenType.StartObject);
    }

    /// <summary>Makes sure that nothing follows the document.</summary>
    public void Finish()
    {
        while (_cursor.Read())
        {
        }
    }

    /// <summary>
    /// Goes to the value of the next member that the place knows; false behind the last one.
    /// </summary>
    public bool NextMember(MemberNames names, ref ulong seen, out int member)
    {
        while (_cursor.Read() && _cursor.Token == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = _cursor.Text;
            member = names.Find(name, 64 - BitOperations.LeadingZeroCount(seen));
            if (member >= 0 && (seen & (1UL << member)) == 0)
            {
                seen |= 1UL << member;
                _member = names[member];
                _cursor.Read();
                return true;
            }

            if (member >= 0)
            {
                Report(DiagnosticCode.DuplicateMember, new DiagnosticFact("member", names[member]));
            }
            else if (!_ignoresUnknown && !name.StartsWith("x-"u8))
            {
                ReportUnknown(names, Encoding.UTF8.GetString(name));
            }

            _cursor.Read();
            _cursor.SkipValue();
        }

        member = -1;
        return false;
    }

    /// <summary>
    /// Goes to the value of the next member of an object whose members are not known beforehand.
    /// </summary>
    public bool NextName(HashSet<string> seen, out string name)
    {
        while (_cursor.Read() && _cursor.Token == JsonTokenType.PropertyName)
        {
            name = Encoding.UTF8.GetString(_cursor.Text);
            bool isOwn = name.StartsWith("x-", StringComparison.Ordinal);
            bool isNew = isOwn || seen.Add(name);
            if (!isNew)
            {
                Report(DiagnosticCode.DuplicateMember, new DiagnosticFact("member", Shorten(name)));
            }

            _cursor.Read();
            if (isNew && !isOwn)
            {
                _member = Shorten(name);
                return true;
            }

            _cursor.SkipValue();
        }

        name = "";
        return false;
    }

    /// <summary>
    /// Reads the objects that follow one of the same list, as long as they are plain.
    /// </summary>
    /// <param name="pending">What takes them in.</param>
    /// <param name="end">The end of the first object of the list; null before.</param>
    public void ReadPlainObjects(PendingSet pending, ref ValueEnd? end)
    {
        // Each stands in the list, and what it needs in a list of its own.
        if (_cursor.Depth + 2 > _cursor.Limits.NestingMax || _cursor.Token != JsonTokenType.EndObject)
        {
            return;
        }

        end ??= _cursor.EndOfValue();
        PlainText behind = new PlainObjectReader(_cursor.Ahead(), pending, _cursor.Limits).ReadAll();
        if (behind.Position > 0)
        {
            _cursor.Resume(end.Value, behind);
        }
    }

    /// <summary>Goes to the next value of a list; false behind the last one.</summary>
    public bool NextElement()
    {
        if (!_cursor.Read() || _cursor.Token == JsonTokenType.EndArray)
        {
            return false;
        }

        _member = _listMembers[_cursor.Depth];
        return true;
    }

    /// <summary>Ends reading where a list has as many entries as it may have.</summary>
    public void DemandRoom(int count, string what)
    {
        int max = _cursor.Limits.ListCountMax;
        if (count >= max)
        {
            throw _cursor.Problem(
                DiagnosticCode.LimitReached,
                Location,
                new DiagnosticFact("what", what),
                new DiagnosticFact("max", max));
        }
    }

    /// <summary>Goes into an object.</summary>
    public bool TryEnterObject() => TryEnter(JsonTokenType.StartObject);

    /// <summary>Goes into a list.</summary>
    public bool TryEnterList()
    {
        if (!TryEnter(JsonTokenType.StartArray))
        {
            return false;
        }

        _listMembers[_cursor.Depth + 1] = _member;
        return true;
    }

    /// <summary>Reads a string as bytes that stay until the next token.</summary>
    public bool TryUtf8(out ReadOnlySpan<byte> utf8)
    {
        if (!Expect(JsonTokenType.String, "a string"))
        {
            utf8 = default;
            return false;
        }

        utf8 = _cursor.Text;
        return true;
    }

    /// <summary>Reads a string.</summary>
    public string? Text() => TryUtf8(out ReadOnlySpan<byte> utf8) ? Encoding.UTF8.GetString(utf8) : null;

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public bool? Truth()
    {
        if (_cursor.Token is JsonTokenType.True or JsonTokenType.False)
        {
            return _cursor.Token == JsonTokenType.True;
        }

        WrongType("true or false");
        return null;
    }

    /// <summary>Goes past the value.</summary>
    public void Skip() => _cursor.SkipValue();

    /// <summary>Reports a value that the member does not take.</summary>
    public void WrongValue(string found, string expected, string? suggestion = null)
    {
        DiagnosticFact member = new("member", _member);
        DiagnosticFact value = new("found", Shorten(found));
        DiagnosticFact taken = new("expected", expected);
        if (suggestion is null)
        {
            Report(DiagnosticCode.WrongValue, member, value, taken);
        }
        else
        {
            Report(
                DiagnosticCode.WrongValue,
                member,
                value,
                taken,
                new DiagnosticFact("suggestion", suggestion));
        }
    }

    /// <summary>Reports a problem at the token.</summary>
    public void Report(DiagnosticCode code, params DiagnosticFact[] facts) =>
        ReportAt(code, _cursor.Location, facts);

    /// <summary>Reports a problem at a place.</summary>
    public readonly void ReportAt(
        DiagnosticCode code, SourceLocation location, params DiagnosticFact[] facts) =>
        Problems.Add(
            new Diagnostic(code, DiagnosticSeverity.Error) { Location = location, Facts = [.. facts] });

    /// <summary>Reports a member that must be there and is not.</summary>
    public readonly void Missing(
        string member, SourceLocation location, string what, string value = "") =>
        ReportAt(
            DiagnosticCode.MissingMember,
            location,
            new DiagnosticFact("member", member),
            new DiagnosticFact("what", what),
            new DiagnosticFact("value", value));

    /// <summary>Reports each of the first members of a place that is missing there.</summary>
    /// <param name="names">The members that the place knows.</param>
    /// <param name="count">How many must be there.</param>
    /// <param name="seen">Those that were seen, as bits.</param>
    /// <param name="location">Where the place begins.</param>
    /// <param name="what">What it is.</param>
    /// <param name="value">What the first one would say, where that is known.</param>
    public readonly void Demand(
        MemberNames names,
        int count,
        ulong seen,
        SourceLocation location,
        string what,
        string value = "")
    {
        for (int required = 0; required < count; required++)
        {
            if ((seen & (1UL << required)) == 0)
            {
                Missing(names[required], location, what, required == 0 ? value : "");
            }
        }
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..37] + "...";

    private void ReportUnknown(MemberNames names, string name)
    {
        string? suggestion = Similarity.Nearest(name, names.Names);
        DiagnosticFact member = new("member", Shorten(name));
        if (suggestion is null)
        {
            Report(DiagnosticCode.UnknownMember, member);
        }
        else
        {
            Report(DiagnosticCode.UnknownMember, member, new DiagnosticFact("suggestion", suggestion));
        }
    }

    private bool TryEnter(JsonTokenType start) =>
        Expect(start, start == JsonTokenType.StartObject ? "an object in braces" : "a list in brackets");

    private bool Expect(JsonTokenType token, string expected)
    {
        if (_cursor.Token == token)
        {
            return true;
        }

        WrongType(expected);
        return false;
    }

    private void WrongType(string expected)
    {
        Report(
            DiagnosticCode.WrongType,
            _member.Length == 0
                ? new DiagnosticFact("whole", "The document")
                : new DiagnosticFact("member", _member),
            new DiagnosticFact("found", Describe(_cursor.Token)),
            new DiagnosticFact("expected", expected));
        _cursor.SkipValue();
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "null",
    };
}
