namespace GraphOrder;

/// <summary>A request as it was read: slices of its bytes, and plain values.</summary>
internal sealed class RequestMembers
{
    private readonly ReadOnlyMemory<byte>[] _slices = new ReadOnlyMemory<byte>[(int)RequestMember.Areas + 1];
    private uint _seen;

    /// <summary>What is asked; null where nobody says it, or nobody knows it.</summary>
    public RequestForm? Form { get; set; }

    /// <summary>The first thing that is wrong, and a way out; null where nothing is.</summary>
    public string? Problem { get; set; }

    public string? Model { get; set; }

    public string? First { get; set; }

    public string? Then { get; set; }

    public string? Phase { get; set; }

    public string? Object { get; set; }

    public List<string> Waive { get; } = [];

    public List<string> AssumeQuiet { get; } = [];

    public bool WithCertificate { get; set; }

    public bool AcceptsDerived { get; set; }

    public bool WantsFiles { get; set; }

    public long? BlackoutMicrosecondsMax { get; set; }

    /// <summary>Where the value of <c>id</c> begins in the request.</summary>
    public int IdStart { get; set; }

    /// <summary>The bytes of a member's value; empty where it is not there.</summary>
    public ReadOnlyMemory<byte> this[RequestMember member]
    {
        get => _slices[(int)member];
        set => _slices[(int)member] = value;
    }

    /// <summary>Whether the request has a member.</summary>
    public bool Has(RequestMember member) => (_seen & (1U << (int)member)) != 0;

    /// <summary>Notes that a member is there.</summary>
    /// <returns>Whether it was not there before.</returns>
    public bool Note(RequestMember member)
    {
        bool isNew = !Has(member);
        _seen |= 1U << (int)member;
        return isNew;
    }
}
