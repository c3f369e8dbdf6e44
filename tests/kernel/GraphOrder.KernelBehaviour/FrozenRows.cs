using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelBehaviour;

/// <summary>What can be done to a memfd while it is preserved.</summary>
internal static class FrozenRows
{
    private const int Bytes = 8192;

    public static BehaviourRow[] Rows { get; } =
    [
        new("writing inside a preserved memfd", new BehaviourStage(1, Inside, "8192 OK OK OK OK")),
        new("changing the size or the pages of a preserved memfd", new BehaviourStage(1, Changes, Refused)),
        new("sealing a preserved memfd", new BehaviourStage(1, Sealing, "EBUSY OK 4")),
        new("a closed memfd stays preserved", new BehaviourStage(1, Closed, "OK"), new BehaviourStage(2, Read, "same")),
    ];

    private static string Refused => string.Join(' ', Enumerable.Repeat("EPERM", 7));

    private static int Preserved(Script script, out int session)
    {
        int memory = script.Memory(Bytes);
        session = script.Session();
        script.Preserve(session, memory, 1);
        return memory;
    }

    private static void Inside(Script script)
    {
        int memory = Preserved(script, out _);
        script.TellValue(script.Calls.WriteAt(memory, new byte[Bytes], 0));
        script.Tell(script.Calls.WriteThroughMapping(memory, new byte[100], 4000));
        script.Tell(script.Calls.Seek(memory, 17));
        script.Tell(script.Calls.ChangeMode(memory, 0x180));
        script.Tell(script.Calls.SetLength(memory, Bytes));
    }

    private static void Changes(Script script)
    {
        int memory = Preserved(script, out _);
        script.Tell(script.Calls.WriteAt(memory, new byte[10], Bytes));
        script.Tell(script.Calls.WriteAt(memory, new byte[10], Bytes - 5));
        script.Tell(script.Calls.SetLength(memory, Bytes + 1));
        script.Tell(script.Calls.SetLength(memory, Bytes - 1));
        script.Tell(script.Calls.Allocate(memory, AllocateModes.None, 0, Bytes));
        script.Tell(script.Calls.Allocate(memory, AllocateModes.KeepSize, Bytes, Bytes));
        script.Tell(script.Calls.Allocate(memory, AllocateModes.PunchHole | AllocateModes.KeepSize, 0, 4096));
    }

    private static void Sealing(Script script)
    {
        int memory = Preserved(script, out _);
        script.Tell(script.Calls.AddSeals(memory, Seals.Write));
        script.Tell(script.Calls.AddSeals(memory, Seals.Grow));
        script.TellValue(script.Calls.GetSeals(memory));
    }

    private static void Closed(Script script)
    {
        int memory = Preserved(script, out int session);
        script.Tell(script.Close(memory));
        script.Keep(session);
    }

    private static void Read(Script script) =>
        script.TellContent(script.Retrieve(script.Incoming(), 1).Descriptor, Bytes);
}
