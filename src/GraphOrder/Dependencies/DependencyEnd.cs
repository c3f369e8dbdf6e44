namespace GraphOrder;

/// <summary>One end of a dependency: an object, or a whole session (<c>session:NAME</c>).</summary>
public readonly record struct DependencyEnd
{
    private readonly int _code;

    private DependencyEnd(int code) => _code = code;

    /// <summary>Whether a whole session is meant.</summary>
    public bool IsSession => _code < 0;

    /// <summary>The object.</summary>
    /// <exception cref="InvalidOperationException">A session is meant.</exception>
    public ObjectId ObjectId => IsSession
        ? throw new InvalidOperationException("This end is a session, not an object.")
        : new ObjectId(_code);

    /// <summary>The session.</summary>
    /// <exception cref="InvalidOperationException">An object is meant.</exception>
    public SessionId SessionId => IsSession
        ? new SessionId(~_code)
        : throw new InvalidOperationException("This end is an object, not a session.");

    /// <summary>Its number where the sessions are counted behind so many objects.</summary>
    internal int Vertex(int objectCount) => _code < 0 ? objectCount + ~_code : _code;

    /// <summary>An object as an end.</summary>
    public static DependencyEnd Of(ObjectId id) => new(id.Index);

    /// <summary>A whole session as an end.</summary>
    public static DependencyEnd Of(SessionId id) => new(~id.Index);

    /// <summary>An object as an end.</summary>
    public static implicit operator DependencyEnd(ObjectId id) => Of(id);

    /// <summary>A whole session as an end.</summary>
    public static implicit operator DependencyEnd(SessionId id) => Of(id);

    /// <inheritdoc/>
    public override string ToString() => IsSession ? SessionId.ToString() : ObjectId.ToString();
}
