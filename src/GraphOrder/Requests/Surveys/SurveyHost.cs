namespace GraphOrder;

/// <summary>A host that is to be answered. Immutable.</summary>
/// <param name="Name">
/// What answers call it. Two hosts of one name are answered both, and as an example the first one is read.
/// </param>
/// <param name="Read">
/// Reads its set, on any thread, and again where it becomes an example. It may throw
/// <see cref="MalformedDocumentException"/> or <see cref="HostUnreadableException"/>: both are answers.
/// </param>
public sealed record SurveyHost(string Name, Func<CancellationToken, SessionSet> Read);
