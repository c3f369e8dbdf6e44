namespace GraphOrder;

/// <summary>
/// One object of a set: what it is and where it lives. Session ⊃ file ⊃ object, one level each. An act
/// lives nowhere: it is a step.
/// </summary>
public readonly record struct PreservedObject
{
    private readonly int _session;
    private readonly int _carrier;

    /// <summary>
    /// An object of a kind, in a session, in a file, moved by the kernel itself, or an act.
    /// </summary>
    /// <param name="kind">What it is.</param>
    /// <param name="session">The session in which it is preserved by itself, as a file with a token.</param>
    /// <param name="carrier">The file that carries it.</param>
    /// <param name="token">Its token, where the set names one.</param>
    /// <param name="facts">What else the set says of it.</param>
    /// <param name="location">Where the set says it.</param>
    /// <exception cref="ArgumentException">
    /// Both a session and a carrier; or an act that has either or a token, or whose facts do not say which
    /// act.
    /// </exception>
    public PreservedObject(
        ObjectKind kind,
        SessionId? session = null,
        ObjectId? carrier = null,
        ulong? token = null,
        ObjectFacts? facts = null,
        SourceLocation location = default)
    {
        if (session is not null && carrier is not null)
        {
            throw new ArgumentException("An object is a file of a session or carried by one, never both.");
        }

        bool isAct = kind == ObjectKind.Act;
        if (isAct != facts?.Act is not null || (isAct && (session ?? (object?)carrier ?? token) is not null))
        {
            throw new ArgumentException(
                "An act says its session and phase in its facts, and has no other place.", nameof(facts));
        }

        Kind = kind;
        _session = session is { } ownSession ? ownSession.Index + 1 : 0;
        _carrier = carrier is { } ownCarrier ? ownCarrier.Index + 1 : 0;
        DeclaredToken = token;
        Facts = facts ?? ObjectFacts.None;
        Location = location;
    }

    /// <summary>What it is.</summary>
    public ObjectKind Kind { get; }

    /// <summary>
    /// The session in which it is preserved by itself; null for what a file carries or the kernel moves, and
    /// for an act, which says its session in <see cref="Act"/>.
    /// </summary>
    public SessionId? Session => _session == 0 ? null : new SessionId(_session - 1);

    /// <summary>The file that carries it; null for a file itself and for what the kernel moves.</summary>
    public ObjectId? Carrier => _carrier == 0 ? null : new ObjectId(_carrier - 1);

    /// <summary>Whether it is preserved by itself, as a file with a token.</summary>
    public bool IsFile => _session != 0;

    /// <summary>Whether the kernel moves it without a call: it has no step and no wave.</summary>
    public bool IsMovedByKernel => _session == 0 && _carrier == 0 && Act is null;

    /// <summary>What makes it an act: a step of the user's own; null for everything else.</summary>
    public ActFacts? Act => Facts?.Act;

    /// <summary>The token that the set names; null where it is left to be assigned.</summary>
    public ulong? DeclaredToken { get; }

    /// <summary>What else the set says of it.</summary>
    public ObjectFacts Facts { get; }

    /// <summary>Where the set says it.</summary>
    public SourceLocation Location { get; }
}
