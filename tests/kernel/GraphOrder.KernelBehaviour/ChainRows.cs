using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelBehaviour;

/// <summary>Three kernels in a row.</summary>
internal static class ChainRows
{
    private const int Bytes = 20_000;
    private const int BigBytes = 48 << 20;

    public static BehaviourRow[] Rows { get; } =
    [
        new("a session that nobody retrieved is gone with the next kexec", new(1, Hand, ""), new(3, Gone, "ENOENT")),
        new(
            "a session that nobody finished is gone with the next kexec",
            new(1, Hand, ""),
            new(2, RetrieveAlone, "OK"),
            new(3, Gone, "ENOENT")),
        new("a memfd through two kexecs", new(1, Hand, ""), new(2, HandAgain, "same OK"), new(3, Arrived, "same")),
        new("the count of live updates", new(1, Number, "0"), new(2, Number, "1"), new(3, Number, "2")),
        new(
            "what was retrieved by nobody, or not finished, gives its memory back with the next kexec",
            new(1, HandBig, ""),
            new(2, NoteFree, "OK OK"),
            new(3, MemoryBack, "ENOENT ENOENT 96"))
        {
            Machine = "memory",
        },
    ];

    private static void Hand(Script script)
    {
        int session = script.Session();
        script.Preserve(session, script.Memory(Bytes), 1);
        script.Keep(session);
    }

    private static void RetrieveAlone(Script script)
    {
        int session = script.Incoming();
        CallResult file = script.Retrieve(session, 1);
        script.Tell(file);
        script.Keep(session);
        script.Keep(file.Descriptor);
    }

    private static void HandAgain(Script script)
    {
        int incoming = script.Incoming();
        int memory = script.Retrieve(incoming, 1).Descriptor;
        script.TellContent(memory, Bytes);
        script.Finish(incoming);
        int session = script.Session("again");
        script.Tell(script.Preserve(session, memory, 2));
        script.Keep(session);
    }

    private static void Arrived(Script script) =>
        script.TellContent(script.Retrieve(script.Incoming("again"), 2).Descriptor, Bytes);

    private static void Number(Script script) => script.Tell(script.Machine.UpdateNumber);

    private static void HandBig(Script script)
    {
        foreach (string name in (ReadOnlySpan<string>)["unretrieved", "unfinished"])
        {
            int session = script.Session(name);
            script.Preserve(session, script.Sparse(BigBytes), 1);
            script.Keep(session);
        }
    }

    // How much is free goes along to the next kernel, which then counts what there is more.
    private static void NoteFree(Script script)
    {
        byte[] free = BitConverter.GetBytes(script.Machine.FreeBytes);
        int session = script.Incoming("unfinished");
        CallResult file = script.Retrieve(session, 1);
        script.Tell(file);
        int note = script.Memory(0);
        _ = script.Calls.WriteAt(note, free, 0);
        int outgoing = script.Session("note");
        script.Tell(script.Preserve(outgoing, note, 1));
        script.Keep(session);
        script.Keep(file.Descriptor);
        script.Keep(outgoing);
    }

    private static void MemoryBack(Script script)
    {
        byte[] free = new byte[sizeof(long)];
        _ = script.Calls.ReadAt(script.Retrieve(script.Incoming("note"), 1).Descriptor, free, 0);
        int device = script.Device();
        script.Tell(script.RetrieveSession(device, "unretrieved"));
        script.Tell(script.RetrieveSession(device, "unfinished"));

        // Two kernels differ by some MiB by themselves.
        const int multiple = 32;
        script.Tell(PreserveRows.Units(script.Machine.FreeBytes - BitConverter.ToInt64(free), multiple));
    }

    private static void Gone(Script script) => script.Tell(script.RetrieveSession(script.Device()));
}
