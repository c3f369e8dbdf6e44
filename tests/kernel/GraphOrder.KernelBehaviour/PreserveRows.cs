using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelBehaviour;

/// <summary>What a preserve takes, and what it refuses.</summary>
internal static class PreserveRows
{
    private const Seals EverySeal = (Seals)0x1F;
    private const int Unit = 1 << 20;

    public static BehaviourRow[] Rows { get; } =
    [
        new("finish and retrieve on an outgoing session", new BehaviourStage(1, IncomingCalls, "EINVAL EINVAL")),
        new("a token that is used", new BehaviourStage(1, UsedToken, "EEXIST EEXIST EEXIST")),
        new("a file that is preserved already", new BehaviourStage(1, PreservedAlready, "EBUSY EBUSY EBUSY EBUSY")),
        new("one token in two sessions", new BehaviourStage(1, TokenOfOther, "OK")),
        new("the least and the greatest token", new BehaviourStage(1, Tokens, "OK OK")),
        new("no descriptor", new BehaviourStage(1, static script => Preserve(script, -1), "EBADF")),
        new("a descriptor of a path alone", new BehaviourStage(1, PathOnly, "EBADF")),
        Of("/dev/null", "ENOENT", static script => script.Open("/dev/null", OpenModes.ReadWrite).Descriptor),
        Of("a pipe", "ENOENT ENOENT", Pipe),
        Of("an eventfd", "ENOENT", static script => script.Track(script.Calls.CreateEvent()).Descriptor),
        Of("a folder", "ENOENT", static script => script.Open("/tmp", OpenModes.ReadOnly).Descriptor),
        Of("a session", "ENOENT", static script => script.Session("other")),
        new("preserving the device", new BehaviourStage(1, Device, "ENOENT")),
        Of("a tmpfs file with a name", "ENOENT", Linked),
        Of("a memfd of huge pages", "ENOENT", static script => script.Memory(0, MemoryModes.HugePages)),
        Of("an empty memfd", "OK", static script => script.Memory(0)),
        Of("a memfd of holes", "OK", static script => script.Sparse(Unit)),
        Of("a sealed memfd", "OK", Sealed),
        new("preserving memfds of every set of seals", new BehaviourStage(1, EverySet, "64")),
        Of("a tmpfs file that lost its name", "OK", static script => Unlinked(script, OpenModes.ReadWrite)),
        Of("a tmpfs file that never had one", "OK", Unnamed),
        Of("a read-only descriptor of a tmpfs file", "OK", static script => Unlinked(script, OpenModes.ReadOnly)),
        new("preserving memfds that are too large", new BehaviourStage(1, TooLarge, "OK ENOMEM OK EFBIG")),
        new("holes are given pages", new BehaviourStage(1, Holes, "8 2048")),
        new("holes cost memory", new BehaviourStage(1, HolesCost, "32")),
        new("five hundred files", new BehaviourStage(1, ManyFiles, "500")),
    ];

    private static BehaviourRow Of(string kind, string expected, Func<Script, int> make) =>
        new("preserving " + kind, new BehaviourStage(1, script => Preserve(script, make(script)), expected));

    private static void Preserve(Script script, int file) =>
        script.Tell(script.Preserve(script.Session(), file, 1));

    private static void IncomingCalls(Script script)
    {
        int session = script.Session();
        script.Preserve(session, script.Memory(), 1);
        script.Tell(script.Finish(session));
        script.Tell(script.Retrieve(session, 1));
    }

    private static void UsedToken(Script script)
    {
        int session = script.Session();
        int memory = script.Memory();
        script.Preserve(session, memory, 1);
        script.Tell(script.Preserve(session, -1, 1));
        script.Tell(script.Preserve(session, memory, 1));
        script.Tell(script.Preserve(session, script.Memory(), 1));
    }

    private static void PreservedAlready(Script script)
    {
        int session = script.Session();
        int memory = script.Memory();
        script.Preserve(session, memory, 1);
        script.Tell(script.Preserve(session, memory, 2));
        script.Tell(script.Preserve(session, script.Duplicate(memory), 2));
        script.Tell(script.Preserve(session, script.Reopen(memory, OpenModes.ReadWrite).Descriptor, 2));
        script.Tell(script.Preserve(script.Session("other"), memory, 2));
    }

    private static void TokenOfOther(Script script)
    {
        script.Preserve(script.Session("a"), script.Memory(), 1);
        script.Tell(script.Preserve(script.Session("b"), script.Memory(), 1));
    }

    private static void Tokens(Script script)
    {
        int session = script.Session();
        script.Tell(script.Preserve(session, script.Memory(), 0));
        script.Tell(script.Preserve(session, script.Memory(), ulong.MaxValue));
    }

    private static void PathOnly(Script script) =>
        Preserve(script, script.Reopen(script.Memory(), OpenModes.PathOnly).Descriptor);

    private static void Device(Script script)
    {
        int device = script.Device();
        script.Tell(script.Preserve(script.Create(device).Descriptor, device, 1));
    }

    private static int Pipe(Script script)
    {
        int reading = script.Track(script.Calls.CreatePipe(out int writing)).Descriptor;
        script.Track(CallResult.Done(writing));
        script.Tell(script.Preserve(script.Session("reading"), reading, 1));
        return writing;
    }

    private static int Linked(Script script)
    {
        string path = "/tmp/" + script.Row.Prefix;
        int file = script.Open(path, OpenModes.ReadWrite | OpenModes.Create).Descriptor;
        return file;
    }

    private static int Sealed(Script script)
    {
        int memory = script.Memory();
        _ = script.Calls.AddSeals(memory, EverySeal);
        return memory;
    }

    private static void EverySet(Script script)
    {
        const ulong sets = 64;
        int session = script.Session();
        int preserved = 0;
        for (ulong set = 0; set < sets; set++)
        {
            int memory = script.Memory();
            bool isSealed = script.Calls.AddSeals(memory, (Seals)set).IsDone;
            preserved += isSealed && script.Preserve(session, memory, set).IsDone ? 1 : 0;
        }

        script.Tell(preserved);
    }

    private static int Unlinked(Script script, OpenModes modes)
    {
        string path = "/tmp/" + script.Row.Prefix;
        int first = script.Open(path, OpenModes.ReadWrite | OpenModes.Create).Descriptor;
        _ = script.Calls.WriteAt(first, Script.Pattern(4096), 0);
        int file = script.Open(path, modes).Descriptor;
        _ = script.Calls.Unlink(Script.Bytes(path));
        return file;
    }

    private static int Unnamed(Script script) =>
        script.Open("/tmp", OpenModes.ReadWrite | OpenModes.Unnamed).Descriptor;

    private static void Holes(Script script)
    {
        const long block = 512;
        int memory = script.Sparse(Unit);
        _ = script.Calls.WriteAt(memory, Script.Pattern(4096), 0);
        _ = script.Calls.Status(memory, out FileStatus status);
        script.Tell(status.AllocatedBytes / block);
        script.Preserve(script.Session(), memory, 1);
        _ = script.Calls.Status(memory, out status);
        script.Tell(status.AllocatedBytes / block);
    }

    private static void HolesCost(Script script)
    {
        const int units = 32;
        int memory = script.Sparse(units * Unit);
        int session = script.Session();
        long free = script.Machine.FreeBytes;
        script.Preserve(session, memory, 1);
        script.Tell(Units(free - script.Machine.FreeBytes));
    }

    private static void TooLarge(Script script)
    {
        const int terabyteLg2 = 40;
        const int sixteenLg2 = 44;
        int session = script.Session();
        foreach (int sizeLg2 in (ReadOnlySpan<int>)[terabyteLg2, sixteenLg2])
        {
            int memory = script.Memory(0);
            script.Tell(script.Calls.SetLength(memory, 1L << sizeLg2));
            script.Tell(script.Preserve(session, memory, (ulong)sizeLg2));
        }
    }

    private static void ManyFiles(Script script)
    {
        const int limit = 4096;
        const ulong count = 500;
        _ = script.Calls.LimitDescriptors(limit);
        int session = script.Session();
        int preserved = 0;
        for (ulong token = 0; token < count; token++)
        {
            preserved += script.Preserve(session, script.Memory(1), token).IsDone ? 1 : 0;
        }

        script.Tell(preserved);
    }

    /// <summary>Bytes as the nearest multiple of 8 MiB, or of so many MiB, in MiB: other things move a little
    /// memory too.</summary>
    internal static long Units(long bytes, int multiple = 8)
    {
        long step = multiple * (long)Unit;
        return (bytes + (step / 2)) / step * step / Unit;
    }
}
