namespace GraphOrder;

/// <summary>A host that is to be answered. Immutable.</summary>
/// <param name="Name">What answers call it; no two hosts have one name.</param>
/// <param name="Read">
/// Reads its set, on any thread, and again where it becomes an example. It may throw
/// <see cref="MalformedDocumentException"/> or <see cref="HostUnreadableException"/>: both are answers.
/// </param>
public sealed record SurveyHost(string Name, Func<CancellationToken, SessionSet> Read);
