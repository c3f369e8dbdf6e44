namespace GraphOrder;

/// <summary>What a kind of request takes. Immutable.</summary>
internal sealed class RequestForm
{
    private readonly uint _taken;

    private RequestForm(string name, RequestMember[] needed, RequestMember[] optional)
    {
        Name = name;
        Needed = needed;
        foreach (RequestMember member in (RequestMember[])
            [RequestMember.Schema, RequestMember.Request, RequestMember.Id, .. needed, .. optional])
        {
            _taken |= 1U << (int)member;
        }
    }

    /// <summary>All kinds, in the order in which messages list them.</summary>
    public static RequestForm[] All { get; } =
    [
        new("plan", [], [
            RequestMember.Set, RequestMember.Model, RequestMember.Waive, RequestMember.AcceptDerived,
            RequestMember.MaxBlackout, RequestMember.Certificate]),
        new("check", [], [RequestMember.Set, RequestMember.Model, RequestMember.Waive]),
        new("finish", [], [
            RequestMember.Set, RequestMember.Model, RequestMember.Waive, RequestMember.Files]),
        new("verify", [RequestMember.Plan], [RequestMember.Set, RequestMember.Model]),
        new("why", [RequestMember.First, RequestMember.Then], [
            RequestMember.Set, RequestMember.Phase, RequestMember.Model]),
        new("pins", [RequestMember.Object], [RequestMember.Set, RequestMember.Model]),
        new("compare", [], [RequestMember.Set]),
        new("recover", [RequestMember.State], [
            RequestMember.Set, RequestMember.Plan, RequestMember.AssumeQuiet, RequestMember.Model]),
        new("declare", [RequestMember.Set], []),
        new("withdraw", [], [
            RequestMember.Sessions, RequestMember.Objects, RequestMember.Dependencies,
            RequestMember.Areas]),
        new("watch", [], []),
    ];

    /// <summary>What <c>request</c> says.</summary>
    public string Name { get; }

    /// <summary>The members that must be there.</summary>
    public RequestMember[] Needed { get; }

    /// <summary>The kind of a name; null where there is none.</summary>
    public static RequestForm? Find(string? name) => Array.Find(All, form => form.Name == name);

    /// <summary>Whether a request of this kind may have a member.</summary>
    public bool Takes(RequestMember member) => (_taken & (1U << (int)member)) != 0;
}
