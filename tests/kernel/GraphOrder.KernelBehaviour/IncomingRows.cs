using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelBehaviour;

/// <summary>What the next kernel answers of a session that was handed over.</summary>
internal static class IncomingRows
{
    private const int BigUnits = 32;

    public static BehaviourRow[] Rows { get; } =
    [
        Row("retrieving a session", OfSession, "OK EINVAL OK EINVAL ENOENT"),
        Row("preserving into an incoming session", Preserve, "EINVAL OK EINVAL"),
        Row("retrieving a token that there is not", UnknownToken, "ENOENT"),
        Row("retrieving in another order", AnyOrder, "same same same"),
        Row("retrieving a file twice", Twice, "OK 0 100"),
        Row("retrieving without a free descriptor", NoRoom, "EMFILE OK same"),
        Row("finishing with files that nobody retrieved", Unretrieved, "OK ENOENT"),
        Row("retrieving after the finish", AfterFinish, "OK ENOENT ENOENT"),
        Row("finishing twice", FinishTwice, "OK OK"),
        Row("closing without a finish", CloseAlone, "OK same ENOENT"),
        new(
            "finishing an empty session",
            new BehaviourStage(1, static script => script.Keep(script.Session()), ""),
            new BehaviourStage(2, static script => script.Tell(script.Finish(script.Incoming())), "OK")),
        new(
            "a new session under an incoming one's name",
            new BehaviourStage(1, static script => script.Keep(script.Session()), ""),
            new BehaviourStage(2, SameName, "OK EEXIST OK")),
        new(
            "what nobody retrieved gives its memory back",
            new BehaviourStage(1, Big, ""),
            new BehaviourStage(2, MemoryBack, "OK 32")),
        new(
            "a hundred and thirty files",
            new BehaviourStage(1, ManyFiles, "130"),
            new BehaviourStage(2, ManyBack, "130")),
    ];

    private static BehaviourRow Row(string name, Action<Script> check, string expected) =>
        new(name, new BehaviourStage(1, ThreeFiles, ""), new BehaviourStage(2, check, expected));

    private static int SizeOf(ulong token) => 3000 * (int)token;

    // Tokens 1 to 3, of 3000, 6000 and 9000 bytes.
    private static void ThreeFiles(Script script)
    {
        int session = script.Session();
        for (ulong token = 1; token <= 3; token++)
        {
            script.Preserve(session, script.Memory(SizeOf(token)), token);
        }

        script.Keep(session);
    }

    private static void OfSession(Script script)
    {
        int device = script.Device();
        CallResult session = script.RetrieveSession(device);
        script.Tell(session);
        script.Tell(script.RetrieveSession(device));
        script.Tell(script.Finish(session.Descriptor));
        script.Tell(script.RetrieveSession(device));
        script.Close(session.Descriptor);
        script.Tell(script.RetrieveSession(device));
    }

    private static void Preserve(Script script)
    {
        int session = script.Incoming();
        script.Tell(script.Preserve(session, script.Memory(), 9));
        script.Tell(script.Finish(session));
        script.Tell(script.Preserve(session, script.Memory(), 9));
    }

    private static void UnknownToken(Script script) => script.Tell(script.Retrieve(script.Incoming(), 4));

    private static void AnyOrder(Script script)
    {
        int session = script.Incoming();
        foreach (ulong token in (ReadOnlySpan<ulong>)[3, 1, 2])
        {
            script.TellContent(script.Retrieve(session, token).Descriptor, SizeOf(token));
        }
    }

    private static void Twice(Script script)
    {
        const long position = 100;
        int session = script.Incoming();
        int first = script.Retrieve(session, 2).Descriptor;
        CallResult second = script.Retrieve(session, 2);
        script.Tell(second);
        script.TellValue(script.Calls.Compare(first, second.Descriptor));
        _ = script.Calls.Seek(first, position);
        script.TellValue(script.Calls.Position(second.Descriptor));
    }

    private static void NoRoom(Script script)
    {
        int session = script.Incoming();
        script.WithoutRoom(() => script.Tell(script.Retrieve(session, 1)));
        CallResult file = script.Retrieve(session, 1);
        script.Tell(file);
        script.TellContent(file.Descriptor, SizeOf(1));
    }

    private static void Unretrieved(Script script)
    {
        int session = script.Incoming();
        script.Tell(script.Finish(session));
        script.Tell(script.Retrieve(session, 1));
    }

    private static void AfterFinish(Script script)
    {
        int session = script.Incoming();
        script.Retrieve(session, 1);
        script.Tell(script.Finish(session));
        script.Tell(script.Retrieve(session, 1));
        script.Tell(script.Retrieve(session, 2));
    }

    private static void FinishTwice(Script script)
    {
        int session = script.Incoming();
        script.Tell(script.Finish(session));
        script.Tell(script.Finish(session));
    }

    private static void CloseAlone(Script script)
    {
        int device = script.Device();
        int session = script.RetrieveSession(device).Descriptor;
        int file = script.Retrieve(session, 1).Descriptor;
        script.Tell(script.Close(session));
        script.TellContent(file, SizeOf(1));
        script.Tell(script.RetrieveSession(device));
    }

    private static void SameName(Script script)
    {
        int device = script.Device();
        script.Tell(script.Create(device));
        script.Tell(script.Create(device));
        script.Tell(script.RetrieveSession(device));
    }

    private static void Big(Script script)
    {
        int session = script.Session();
        script.Preserve(session, script.Sparse(BigUnits << 20), 1);
        script.Keep(session);
    }

    private static void MemoryBack(Script script)
    {
        int session = script.Incoming();
        long free = script.Machine.FreeBytes;
        script.Tell(script.Finish(session));
        script.Tell(PreserveRows.Units(script.Machine.FreeBytes - free));
    }

    private static void ManyFiles(Script script)
    {
        const ulong count = 130;
        int session = script.Session();
        int preserved = 0;
        for (ulong token = 0; token < count; token++)
        {
            int memory = script.Memory((int)token + 1);
            preserved += script.Preserve(session, memory, token).IsDone ? 1 : 0;
            script.Close(memory);
        }

        script.Tell(preserved);
        script.Keep(session);
    }

    private static void ManyBack(Script script)
    {
        const int count = 130;
        int session = script.Incoming();
        int same = 0;
        for (int token = count - 1; token >= 0; token--)
        {
            int memory = script.Retrieve(session, (ulong)token).Descriptor;
            byte[] read = new byte[count + 1];
            int bytes = (int)script.Calls.ReadAt(memory, read, 0).Value;
            same += read.AsSpan(0, bytes).SequenceEqual(Script.Pattern(token + 1)) ? 1 : 0;
            script.Close(memory);
        }

        script.Tell(same);
    }
}
