using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelBehaviour;

/// <summary>When a session that was not handed over lets go.</summary>
internal static class ReleaseRows
{
    public static BehaviourRow[] Rows { get; } =
    [
        new("closing one of two descriptors of a session", new BehaviourStage(1, OneOfTwo, "EPERM")),
        new("a child with a copy of a session ends", new BehaviourStage(1, ChildEnds, "EPERM EEXIST")),
        new("closing the last descriptor of a session", new BehaviourStage(1, LastOne, "EPERM OK OK OK")),
        new("the owner of a session ends", new BehaviourStage(1, OwnerEnds, "OK"))
        {
            Elsewhere = static script => script.Preserve(script.Session(), script.Memory(), 1),
        },
        new("a jump without an image", new BehaviourStage(1, NoImage, "EINVAL OK EPERM")),
    ];

    private static int Preserved(Script script, out int session)
    {
        int memory = script.Memory();
        session = script.Session();
        script.Preserve(session, memory, 1);
        return memory;
    }

    private static void OneOfTwo(Script script)
    {
        int memory = Preserved(script, out int session);
        script.Close(script.Duplicate(session));
        script.Tell(script.Calls.SetLength(memory, 1));
    }

    private static void ChildEnds(Script script)
    {
        int memory = Preserved(script, out _);
        script.Machine.ForkAndEnd();
        script.Tell(script.Calls.SetLength(memory, 1));
        script.Tell(script.Create(script.Device()));
    }

    private static void LastOne(Script script)
    {
        int memory = Preserved(script, out int session);
        script.Tell(script.Calls.SetLength(memory, 1));
        script.Close(session);
        script.Tell(script.Calls.SetLength(memory, 1));
        CallResult again = script.Create(script.Device());
        script.Tell(again);
        script.Tell(script.Preserve(again.Descriptor, memory, 1));
    }

    private static void OwnerEnds(Script script)
    {
        script.Machine.RunElsewhere(script.Row);
        script.Tell(script.Create(script.Device()));
    }

    private static void NoImage(Script script)
    {
        int memory = Preserved(script, out int session);
        script.Tell(script.Calls.Jump());
        script.Tell(script.Preserve(session, script.Memory(), 2));
        script.Tell(script.Calls.SetLength(memory, 1));
    }
}
