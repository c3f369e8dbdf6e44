namespace GraphOrder;

/// <summary>
/// What is alike in reading every document: it is one object with a schema, with members that are known or
/// not, and some that must be there. All its problems are told at once. Immutable and thread-safe.
/// </summary>
/// <typeparam name="T">What a document is while it is read.</typeparam>
internal sealed class DocumentForm<T>
    where T : class
{
    private readonly string _schema;
    private readonly MemberNames _members;
    private readonly ReadMember _read;

    /// <summary>A form.</summary>
    /// <param name="schema">The schema that is read.</param>
    /// <param name="members">All members; the first is <c>schema</c>.</param>
    /// <param name="read">Reads the value of any other.</param>
    public DocumentForm(string schema, string[] members, ReadMember read)
    {
        _schema = schema;
        _members = new MemberNames(members);
        _read = read;
    }

    /// <summary>Reads the value of a member other than the schema.</summary>
    public delegate void ReadMember(ref DocumentReader reader, T pending, int member);

    /// <summary>Reports what is missing behind the last member; of <c>seen</c> each bit is one.</summary>
    public delegate void DemandMembers(
        ref DocumentReader reader, T pending, ulong seen, SourceLocation start);

    /// <summary>What messages call such a document.</summary>
    public string What { get; init; } = "the document";

    /// <summary>How many members must be there, the first ones.</summary>
    public int RequiredCount { get; init; } = 1;

    /// <summary>What demands members where their number is not fixed.</summary>
    public DemandMembers? Demand { get; init; }

    /// <summary>Whether members of another version are let pass.</summary>
    public bool IgnoresUnknown { get; init; }

    /// <summary>Reads a document to the end of its stream.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="sourceName">What messages call it.</param>
    /// <param name="limits">What is taken at most; null for the usual limits.</param>
    /// <param name="pending">What takes it in.</param>
    /// <param name="resolve">
    /// Makes of it what it says, or adds to the problems why it says nothing, and gives null.
    /// </param>
    /// <param name="cancellation">Checked for each buffer.</param>
    /// <exception cref="MalformedDocumentException">There are problems; all of them are in it.</exception>
    public TResult Read<TResult>(
        Stream utf8,
        string? sourceName,
        ReaderLimits? limits,
        T pending,
        Func<DiagnosticList, TResult?> resolve,
        CancellationToken cancellation)
        where TResult : class
    {
        DiagnosticList problems = new();
        DocumentReader reader = new(
            new JsonCursor(utf8, sourceName, limits ?? ReaderLimits.Default, cancellation),
            problems,
            IgnoresUnknown);
        ReadMembers(ref reader, pending);
        reader.Finish();
        TResult? result = resolve(problems);
        return result is null || problems.HasErrors
            ? throw new MalformedDocumentException(sourceName, problems.ToImmutableByPlace())
            : result;
    }

    /// <summary>Reports the first members where they are missing.</summary>
    public void DemandFirst(ref DocumentReader reader, int count, ulong seen, SourceLocation start) =>
        reader.Demand(_members, count, seen, start, What, _schema);

    /// <summary>Reports one member where it is missing.</summary>
    public void DemandOne(
        ref DocumentReader reader, int member, ulong seen, SourceLocation start, string what)
    {
        if ((seen & (1UL << member)) == 0)
        {
            reader.Missing(_members[member], start, what);
        }
    }

    private void ReadMembers(ref DocumentReader reader, T pending)
    {
        if (!reader.TryEnterDocument())
        {
            return;
        }

        SourceLocation start = reader.Location;
        ulong seen = 0;
        while (reader.NextMember(_members, ref seen, out int member))
        {
            if (member == 0)
            {
                ReadSchema(ref reader);
            }
            else
            {
                _read(ref reader, pending, member);
            }
        }

        if (Demand is null)
        {
            DemandFirst(ref reader, RequiredCount, seen, start);
        }
        else
        {
            Demand(ref reader, pending, seen, start);
        }
    }

    private void ReadSchema(ref DocumentReader reader)
    {
        SourceLocation location = reader.Location;
        if (reader.Text() is { } found && found != _schema)
        {
            reader.ReportAt(
                DiagnosticCode.WrongSchema,
                location,
                new DiagnosticFact("found", found),
                new DiagnosticFact("expected", _schema));
        }
    }
}
