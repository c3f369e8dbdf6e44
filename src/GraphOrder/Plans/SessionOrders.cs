using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// The orders of whole sessions. Each lists every session once, the empty ones too, or none at all where
/// the model has no such order. Immutable.
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
    ImmutableArray<SessionName> Close);
