using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// What could be seen of who holds sessions. What is seen is so; what is not seen is not so only where
/// everything could be seen. Immutable.
/// </summary>
/// <param name="Held">The descriptors of sessions that were seen.</param>
/// <param name="Processes">The processes that were seen.</param>
/// <param name="IsWhole">
/// Whether the kernel has sessions, and the descriptors of every process could be listed.
/// </param>
public sealed record SessionSight(
    ImmutableArray<HeldSession> Held, ImmutableArray<int> Processes, bool IsWhole)
{
    /// <summary>Nothing could be seen: only the journal tells.</summary>
    public static SessionSight None { get; } = new([], [], IsWhole: false);

    /// <summary>A process that holds a session; null where none was seen.</summary>
    public int? HolderOf(string session)
    {
        int? holder = null;
        for (int i = 0; i < Held.Length && holder is null; i++)
        {
            holder = Held[i].Session == session ? Held[i].Process : null;
        }

        return holder;
    }

    /// <summary>Whether a process holds a session; null where that could not be seen.</summary>
    public bool? IsHeld(string session) => HolderOf(session) is not null ? true : IsWhole ? false : null;

    /// <summary>Whether a process lives; null where that could not be seen.</summary>
    public bool? IsAlive(int process) => Processes.Contains(process) ? true : IsWhole ? false : null;
}
