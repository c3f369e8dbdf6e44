using System.Globalization;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>
/// What the kernel's own tests preserve, driven by <c>LinuxCalls</c>: in kernel 1 sessions of memfds, in
/// kernel
/// 2 every byte of them.
/// </summary>
internal static class ScenarioMode
{
    private const int PageBytes = 4096;

    public static void Run(GuestOrder order)
    {
        LinuxCalls calls = new();
        SessionShape[] sessions = Sessions(order.Argument);
        if (order.Kernel == 1)
        {
            Preserve(calls, sessions);
            Machine.JumpTo(calls, order.Next);
            return;
        }

        Retrieve(calls, sessions);
    }

    /// <summary>The sessions of a scenario, the same in both kernels.</summary>
    private static SessionShape[] Sessions(string name) => name switch
    {
        "simple" => [new("test-session", 1, PageBytes)],
        "multi-session" =>
        [
            new("empty", 0, PageBytes), new("one-file", 1, 3 * PageBytes), new("two-files", 2, 64 * PageBytes),
            new("three/odd files", 3, PageBytes + 17),
        ],
        "500-files" => [new("files", 500, PageBytes)],
        "2000-sessions" => [.. Enumerable.Range(0, 2000).Select(i =>
            new SessionShape(string.Create(CultureInfo.InvariantCulture, $"session-{i}"), 1, PageBytes))],
        _ => throw new InvalidOperationException($"There is no scenario '{name}'."),
    };

    private static void Preserve(LinuxCalls calls, SessionShape[] sessions)
    {
        int device = LiveUpdateCalls.OpenDevice(calls);
        int pattern = 0;
        long allocated = 0;
        foreach (SessionShape shape in sessions)
        {
            int session = LiveUpdateCalls.CreateSession(calls, device, shape.Name);
            for (int i = 0; i < shape.FileCount; i++)
            {
                int memory = LiveUpdateCalls.Demand(
                    calls.CreateMemory("memory"u8, MemoryModes.CloseOnExec), "make a memfd");
                Pattern.Fill(calls, memory, shape.Bytes, pattern++);
                long before = GC.GetAllocatedBytesForCurrentThread();
                CallResult preserved = calls.Preserve(session, memory, (ulong)i);
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                _ = LiveUpdateCalls.Demand(preserved, "preserve a memfd");
                _ = calls.Close(memory);
            }
        }

        Serial.Say(string.Create(
            CultureInfo.InvariantCulture, $"preserved {sessions.Length} {pattern} allocated {allocated}"));
    }

    private static void Retrieve(LinuxCalls calls, SessionShape[] sessions)
    {
        int device = LiveUpdateCalls.OpenDevice(calls);
        int pattern = 0;
        int wrong = 0;
        long allocated = 0;
        foreach (SessionShape shape in sessions)
        {
            SessionName name = new(shape.Name);
            long first = GC.GetAllocatedBytesForCurrentThread();
            CallResult opened = calls.RetrieveSession(device, name);
            allocated += GC.GetAllocatedBytesForCurrentThread() - first;
            int session = LiveUpdateCalls.Demand(opened, "retrieve a session");
            for (int i = 0; i < shape.FileCount; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                CallResult retrieved = calls.Retrieve(session, (ulong)i);
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                int memory = LiveUpdateCalls.Demand(retrieved, "retrieve a memfd");
                wrong += Pattern.WrongBytes(calls, memory, shape.Bytes, pattern++);
                _ = calls.Close(memory);
            }

            long start = GC.GetAllocatedBytesForCurrentThread();
            CallResult finished = calls.Finish(session);
            allocated += GC.GetAllocatedBytesForCurrentThread() - start;
            _ = LiveUpdateCalls.Demand(finished, "finish a session");
            _ = LiveUpdateCalls.Demand(calls.Close(session), "close a session");
        }

        Serial.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"retrieved {sessions.Length} {pattern} wrong {wrong} allocated {allocated}"));
    }

    /// <summary>One session of a scenario.</summary>
    private readonly record struct SessionShape(string Name, int FileCount, int Bytes);
}
