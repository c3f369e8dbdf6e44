using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>What a domain answers to who asks for permits. Immutable.</summary>
/// <param name="Each">An answer for each order, in their order.</param>
/// <param name="Sequence">The number of the domain's last event: what the next question has to know.</param>
[GenerateSerializer]
[Immutable]
public sealed record PermitReplies(ImmutableArray<PermitReply> Each, long Sequence);
