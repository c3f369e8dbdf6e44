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
        new("the owner of a session ends", new BehaviourStage(1, OwnerEnds, "OK OK OK EPERM"))
        {
            Elsewhere = PreserveShared,
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

    // The memory is one that both have: a file, whose name the owner takes away.
    private static string Shared(Script script) => "/tmp/" + script.Row.Prefix;

    private static void PreserveShared(Script script)
    {
        int memory = script.Open(Shared(script), OpenModes.ReadWrite).Descriptor;
        _ = script.Calls.Unlink(Script.Bytes(Shared(script)));
        script.Preserve(script.Session(), memory, 1);
        if (script.Calls.SetLength(memory, 1).Error != Errno.NotPermitted)
        {
            throw new InvalidOperationException("The owner has not preserved it.");
        }
    }

    private static void OwnerEnds(Script script)
    {
        int memory = script.Open(Shared(script), OpenModes.ReadWrite | OpenModes.Create).Descriptor;
        _ = script.Calls.WriteAt(memory, Script.Pattern(4096), 0);
        script.Machine.RunElsewhere(script.Row);
        CallResult again = script.Create(script.Device());
        script.Tell(again);
        script.Tell(script.Calls.SetLength(memory, 1));
        script.Tell(script.Preserve(again.Descriptor, memory, 1));
        script.Tell(script.Calls.SetLength(memory, 2));
    }

    private static void NoImage(Script script)
    {
        int memory = Preserved(script, out int session);
        script.Tell(script.Calls.Jump());
        script.Tell(script.Preserve(session, script.Memory(), 2));
        script.Tell(script.Calls.SetLength(memory, 1));
    }
}
