namespace GraphOrder;

/// <summary>Why one vertex of a named order goes before another. Four bytes.</summary>
internal readonly record struct ArcLabel : IComparable<ArcLabel>
{
    private const int PhaseMask = 7;
    private const int ForwardBit = 8;
    private const int LowBits = 4;
    private const int MembershipCode = -1;
    private const int FixedCode = -2;

    private readonly int _code;

    private ArcLabel(int code) => _code = code;

    /// <summary>A file belongs to a session, or an order to its fixed beginning: no step of a walk.</summary>
    public static ArcLabel Membership => new(MembershipCode);

    /// <summary>The kernel has it already.</summary>
    public static ArcLabel Fixed => new(FixedCode);

    /// <summary>Whether a dependency says so.</summary>
    public bool IsDependency => _code >= 0;

    /// <summary>Whether it is <see cref="Membership"/>.</summary>
    public bool IsMembership => _code == MembershipCode;

    /// <summary>Whether it is <see cref="Fixed"/>.</summary>
    public bool IsFixed => _code == FixedCode;

    /// <summary>The dependency: its position in <see cref="DependencyGraph.Dependencies"/>.</summary>
    public int Dependency => _code >> LowBits;

    /// <summary>Whether the needed end goes first in this order.</summary>
    public bool IsForward => (_code & ForwardBit) != 0;

    /// <summary>The first of its phases that constrains this order.</summary>
    public Phase Phase => (Phase)(_code & PhaseMask);

    /// <summary>What the kernel has first, then by document position of the ends, then by phase.</summary>
    public int CompareTo(ArcLabel other) => _code.CompareTo(other._code);

    /// <summary>The same of another dependency.</summary>
    public ArcLabel With(int dependency) => new((dependency << LowBits) | (_code & ((1 << LowBits) - 1)));

    /// <summary>A dependency says so in a phase.</summary>
    public static ArcLabel Of(int dependency, Phase phase, bool isForward) =>
        new((dependency << LowBits) | (isForward ? ForwardBit : 0) | (int)phase);
}
