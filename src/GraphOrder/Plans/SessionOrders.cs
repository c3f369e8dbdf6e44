using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// The orders of whole sessions. Each lists every session once, the empty ones too, or is
/// <see langword="default"/> where the model has no such order. Immutable.
/// </summary>
/// <param name="Create">In which the old kernel creates them.</param>
/// <param name="Retrieve">
/// In which the new kernel is first asked for one of their files; empty ones last.
/// </param>
/// <param name="Finish">In which the new kernel finishes them; each is closed right after.</param>
/// <param name="Close">In which the outgoing descriptors are closed if the update is called off.</param>
public sealed record SessionOrders(
    ImmutableArray<SessionName> Create,
    ImmutableArray<SessionName> Retrieve,
    ImmutableArray<SessionName> Finish,
    ImmutableArray<SessionName> Close)
{
    /// <summary>The orders that a model of one's own names beside these, in phase order.</summary>
    public ImmutableArray<(string Name, ImmutableArray<SessionName> Sessions)> Others { get; init; } = [];

    /// <summary>
    /// The sessions as a phase of some rule takes them; default where it takes none one after another.
    /// </summary>
    public ImmutableArray<SessionName> In(PhaseRule rule)
    {
        ImmutableArray<SessionName> sessions = rule.Between.IsInterleaved ? default : Find(rule.Between.Name);
        return rule.IsBackward && !sessions.IsDefault ? [.. sessions.Reverse()] : sessions;
    }

    /// <summary>The order of a name, <c>retrieve</c> too; default where there is none.</summary>
    public ImmutableArray<SessionName> Find(string name)
    {
        switch (name)
        {
            case "create": return Create;
            case "retrieve": return Retrieve;
            case "finish": return Finish;
            case "close": return Close;
            default:
                foreach ((string other, ImmutableArray<SessionName> sessions) in Others)
                {
                    if (other == name)
                    {
                        return sessions;
                    }
                }

                return default;
        }
    }
}
