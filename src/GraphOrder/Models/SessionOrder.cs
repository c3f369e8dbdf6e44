namespace GraphOrder;

/// <summary>
/// How sessions follow one another in a phase: freely mixed, or in an order that has a name. Immutable.
/// </summary>
public readonly record struct SessionOrder
{
    private const string InterleavedName = "interleaved";
    private const string RetrieveName = "retrieve";

    private readonly string? _name;

    private SessionOrder(string name) => _name = name;

    /// <summary>None: steps of different sessions mix freely.</summary>
    public static SessionOrder Interleaved => default;

    /// <summary>The order in which sessions are created; the old kernel's list has it.</summary>
    public static SessionOrder Create { get; } = new("create");

    /// <summary>The order in which outgoing sessions are closed when the update is called off.</summary>
    public static SessionOrder Close { get; } = new("close");

    /// <summary>The order in which sessions are finished.</summary>
    public static SessionOrder Finish { get; } = new("finish");

    /// <summary>The name that documents use.</summary>
    public string Name => _name ?? InterleavedName;

    /// <summary>Whether there is no order of sessions.</summary>
    public bool IsInterleaved => _name is null;

    /// <summary>An order of a name: one of the three here, or a model's own.</summary>
    /// <exception cref="ArgumentException">
    /// The name is empty, holds a space, or means something else (<c>interleaved</c>, <c>retrieve</c>).
    /// </exception>
    public static SessionOrder Named(string name) => IsName(name)
        ? new SessionOrder(name)
        : throw new ArgumentException($"'{name}' cannot name an order of sessions.", nameof(name));

    /// <summary>Whether an order of sessions may have this name.</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name is not ("" or InterleavedName or RetrieveName)
            && !name.Contains(' ', StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
