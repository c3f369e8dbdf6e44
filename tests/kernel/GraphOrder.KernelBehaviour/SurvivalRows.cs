using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelBehaviour;

/// <summary>What of a memfd survives a kexec, and what comes back different.</summary>
internal static class SurvivalRows
{
    private const int Bytes = 10_000;
    private const string AllRefused = "62 EPERM EPERM EPERM EPERM";

    public static BehaviourRow[] Rows { get; } =
    [
        new("writes after the preserve survive", new(1, WriteLater, "OK"), new(2, Content, "same")),
        new("the size survives", new(1, Plain, ""), new(2, Size, "10000")),
        new("the position of the jump survives", new(1, MoveLater, ""), new(2, Position, "777")),
        new("the seals of the preserve survive", new(1, SealLater, "OK 6"), new(2, SealsOf, "2")),
        new("the name does not survive", new(1, Plain, ""), new(2, Link, "/ (deleted)")),
        new("the mode does not survive", new(1, ChangedMode, "384"), new(2, Mode, "511")),
        new("a retrieved descriptor closes on exec and reads and writes", new(1, Plain, ""), new(2, Flags, "1 2")),
        new("a read-only file comes back writable", new(1, ReadOnly, "OK"), new(2, Flags, "1 2")),
        new("a memfd sealed against execution comes back read-only", new(1, NoExec, "32 OK OK"), new(2, Refused, AllRefused)),
        new("a memfd that may be executed comes back with its seals", new(1, Exec, "2 OK"), new(2, Shrink, "2 10000 OK EPERM")),
    ];

    private static void Hand(Script script, int memory, Action? later = null)
    {
        int session = script.Session();
        script.Preserve(session, memory, 1);
        later?.Invoke();
        script.Keep(session);
    }

    private static int Back(Script script) => script.Retrieve(script.Incoming(), 1).Descriptor;

    private static void Plain(Script script) => Hand(script, script.Memory(Bytes));

    private static void WriteLater(Script script)
    {
        int memory = script.Sparse(Bytes);
        Hand(script, memory, () => script.Tell(script.Calls.WriteAt(memory, Script.Pattern(Bytes), 0)));
    }

    private static void Content(Script script) => script.TellContent(Back(script), Bytes);

    private static void Size(Script script)
    {
        _ = script.Calls.Status(Back(script), out FileStatus status);
        script.Tell(status.Bytes);
    }

    private static void MoveLater(Script script)
    {
        const long first = 5;
        const long later = 777;
        int memory = script.Memory(Bytes);
        _ = script.Calls.Seek(memory, first);
        Hand(script, memory, () => script.Calls.Seek(memory, later));
    }

    private static void Position(Script script) => script.TellValue(script.Calls.Position(Back(script)));

    private static void SealLater(Script script)
    {
        int memory = script.Memory(Bytes);
        _ = script.Calls.AddSeals(memory, Seals.Shrink);
        Hand(script, memory, () =>
        {
            script.Tell(script.Calls.AddSeals(memory, Seals.Grow));
            script.TellValue(script.Calls.GetSeals(memory));
        });
    }

    private static void SealsOf(Script script) => script.TellValue(script.Calls.GetSeals(Back(script)));

    private static void Link(Script script) => script.Tell(script.Calls.Link(Back(script))!);

    private static void ChangedMode(Script script)
    {
        const uint mode = 0x180;
        int memory = script.Memory(Bytes);
        _ = script.Calls.ChangeMode(memory, mode);
        TellMode(script, memory);
        Hand(script, memory);
    }

    private static void Mode(Script script) => TellMode(script, Back(script));

    private static void TellMode(Script script, int memory)
    {
        const uint permissions = 0xFFF;
        _ = script.Calls.Status(memory, out FileStatus status);
        script.Tell(status.Mode & permissions);
    }

    private static void Flags(Script script)
    {
        const long accessModes = 3;
        int memory = Back(script);
        script.TellValue(script.Calls.DescriptorFlags(memory));
        script.Tell(script.Calls.StatusFlags(memory).Value & accessModes);
    }

    private static void ReadOnly(Script script)
    {
        string path = "/tmp/" + script.Row.Prefix;
        int first = script.Open(path, OpenModes.ReadWrite | OpenModes.Create).Descriptor;
        _ = script.Calls.WriteAt(first, Script.Pattern(Bytes), 0);
        int memory = script.Open(path, OpenModes.ReadOnly).Descriptor;
        script.Tell(script.Calls.Unlink(Script.Bytes(path)));
        Hand(script, memory);
    }

    private static void NoExec(Script script)
    {
        int memory = script.Memory(Bytes, MemoryModes.NoExecSeal);
        script.TellValue(script.Calls.GetSeals(memory));
        script.Tell(script.Calls.WriteAt(memory, Script.Pattern(Bytes), 0));
        script.Tell(script.Calls.SetLength(memory, Bytes + 1));
        Hand(script, memory);
    }

    private static void Refused(Script script)
    {
        int memory = Back(script);
        script.TellValue(script.Calls.GetSeals(memory));
        script.Tell(script.Calls.WriteAt(memory, Script.Pattern(10), 0));
        script.Tell(script.Calls.WriteThroughMapping(memory, Script.Pattern(10), 0));
        script.Tell(script.Calls.SetLength(memory, Bytes - 1));
        script.Tell(script.Calls.Allocate(memory, AllocateModes.None, Bytes, Bytes));
    }

    private static void Exec(Script script)
    {
        int memory = script.Memory(Bytes, MemoryModes.Exec | MemoryModes.AllowSealing);
        _ = script.Calls.AddSeals(memory, Seals.Shrink);
        script.TellValue(script.Calls.GetSeals(memory));
        script.Tell(script.Calls.WriteAt(memory, Script.Pattern(Bytes), 0));
        Hand(script, memory);
    }

    private static void Shrink(Script script)
    {
        int memory = Back(script);
        script.TellValue(script.Calls.GetSeals(memory));
        script.TellValue(script.Calls.WriteAt(memory, Script.Pattern(Bytes), 0));
        script.Tell(script.Calls.SetLength(memory, Bytes + 1));
        script.Tell(script.Calls.SetLength(memory, Bytes));
    }
}
