using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelBehaviour;

/// <summary>Three kernels in a row.</summary>
internal static class ChainRows
{
    private const int Bytes = 20_000;

    public static BehaviourRow[] Rows { get; } =
    [
        new("a session that nobody retrieved is gone with the next kexec", new(1, Hand, ""), new(3, Gone, "ENOENT")),
        new(
            "a session that nobody finished is gone with the next kexec",
            new(1, Hand, ""),
            new(2, RetrieveAlone, "OK"),
            new(3, Gone, "ENOENT")),
        new("a memfd through two kexecs", new(1, Hand, ""), new(2, HandAgain, "same OK"), new(3, Arrived, "same")),
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

    private static void Gone(Script script) => script.Tell(script.RetrieveSession(script.Device()));
}
