namespace GraphOrder;

/// <summary>How long one guest does not run: from the start of its pause to the end of its resume.</summary>
/// <param name="Session">The guest's session.</param>
/// <param name="Pause">The act that stops it.</param>
/// <param name="Resume">The act that lets it run again.</param>
/// <param name="StartMicroseconds">When the pause starts, counted from the start of the schedule.</param>
/// <param name="Microseconds">How long it takes.</param>
/// <param name="MicrosecondsMin">
/// What it would take if no class had a limit: its critical path. No schedule of this order takes less.
/// </param>
public sealed record GuestBlackout(
    SessionName Session,
    string Pause,
    string Resume,
    long StartMicroseconds,
    long Microseconds,
    long MicrosecondsMin);
