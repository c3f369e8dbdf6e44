using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelBehaviour;

/// <summary>What can be done to a memfd that came back.</summary>
internal static class RetrievedRows
{
    private const int Bytes = 8192;
    private const string AllAllowed = "OK OK OK OK OK OK";

    public static BehaviourRow[] Rows { get; } =
    [
        Row("a retrieved memfd before the finish", BeforeFinish, AllAllowed),
        Row("a retrieved memfd after the finish", AfterFinish, AllAllowed),
        Row("a retrieved memfd after its session was closed", AfterClose, AllAllowed),
        Row("preserving a retrieved memfd before the finish", AgainBefore, "EBUSY"),
        Row("preserving a retrieved memfd after the finish", AgainAfterFinish, "OK EPERM EPERM"),
        Row("preserving a retrieved memfd after its session was closed", AgainAfterClose, "OK EPERM EPERM"),
    ];

    private static BehaviourRow Row(string name, Action<Script> check, string expected) =>
        new(name, new BehaviourStage(1, OneFile, ""), new BehaviourStage(2, check, expected));

    private static void OneFile(Script script)
    {
        int session = script.Session();
        script.Preserve(session, script.Memory(Bytes), 1);
        script.Keep(session);
    }

    private static int Retrieved(Script script, out int session)
    {
        session = script.Incoming();
        return script.Retrieve(session, 1).Descriptor;
    }

    private static void BeforeFinish(Script script) => Change(script, Retrieved(script, out _));

    private static void AfterFinish(Script script)
    {
        int memory = Retrieved(script, out int session);
        script.Finish(session);
        Change(script, memory);
    }

    private static void AfterClose(Script script)
    {
        int memory = Retrieved(script, out int session);
        script.Close(session);
        Change(script, memory);
    }

    private static void Change(Script script, int memory)
    {
        script.Tell(script.Calls.WriteAt(memory, Script.Pattern(100), Bytes - 50));
        script.Tell(script.Calls.SetLength(memory, 2 * Bytes));
        script.Tell(script.Calls.SetLength(memory, Bytes));
        script.Tell(script.Calls.Allocate(memory, AllocateModes.None, Bytes, Bytes));
        script.Tell(script.Calls.Allocate(memory, AllocateModes.PunchHole | AllocateModes.KeepSize, 0, 4096));
        script.Tell(script.Calls.AddSeals(memory, Seals.Shrink));
    }

    private static void AgainBefore(Script script)
    {
        int memory = Retrieved(script, out _);
        script.Tell(script.Preserve(script.Session("again"), memory, 1));
    }

    private static void AgainAfterFinish(Script script)
    {
        int memory = Retrieved(script, out int session);
        script.Finish(session);
        Again(script, memory);
    }

    private static void AgainAfterClose(Script script)
    {
        int memory = Retrieved(script, out int session);
        script.Close(session);
        Again(script, memory);
    }

    private static void Again(Script script, int memory)
    {
        script.Tell(script.Preserve(script.Session("again"), memory, 1));
        script.Tell(script.Calls.SetLength(memory, 2 * Bytes));
        script.Tell(script.Calls.Allocate(memory, AllocateModes.None, 0, Bytes));
    }
}
