namespace GraphOrder;

/// <summary>What a face needs of a request beside its answer.</summary>
/// <param name="Id">
/// The value of <c>id</c>, as JSON: a slice of the request; empty where there is none, or where the request
/// ends before it.
/// </param>
/// <param name="Kind">What was asked, as <c>request</c> says it; null where that is nothing known.</param>
public readonly record struct RequestEcho(ReadOnlyMemory<byte> Id, string? Kind);
