namespace GraphOrder.LiveUpdate;

/// <summary>A descriptor of a session in a process.</summary>
/// <param name="Session">The session's name.</param>
/// <param name="Process">The process.</param>
/// <param name="Command">Its command, as /proc/PID/comm has it.</param>
/// <param name="Descriptor">The descriptor in that process.</param>
public readonly record struct HeldSession(string Session, int Process, string Command, int Descriptor);
