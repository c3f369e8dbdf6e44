using System.Text;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelBehaviour;

/// <summary>What is checked of the calls' arguments.</summary>
internal static class ArgumentRows
{
    private const int NameBytes = LiveUpdateAbi.NameArgumentBytes;
    private const int FileBytes = LiveUpdateAbi.FileArgumentBytes;
    private const int Longer = 8;

    public static BehaviourRow[] Rows { get; } =
    [
        new("a call's number that there is not, on the device", new BehaviourStage(1, UnknownOnDevice, "EINVAL EINVAL")),
        new("a call's number that there is not, on a session", new BehaviourStage(1, UnknownOnSession, "EINVAL EINVAL EINVAL")),
        new("a call's number in another encoding", new BehaviourStage(1, WrongEncoding, "ENOTTY ENOTTY ENOTTY ENOTTY")),
        new("no argument", new BehaviourStage(1, NoArgument, "EFAULT EFAULT EFAULT EFAULT EFAULT")),
        new("a structure that is too short", new BehaviourStage(1, TooShort, "EINVAL EINVAL EINVAL EINVAL")),
        new("a longer structure with an empty tail", new BehaviourStage(1, EmptyTail, "OK OK OK")),
        new("a longer structure with something in its tail", new BehaviourStage(1, FullTail, "E2BIG E2BIG E2BIG E2BIG")),
        new("reserved members of a name's structure", new BehaviourStage(1, ReservedOfName, "OK EINVAL")),
        new(
            "the structures of an incoming session",
            new BehaviourStage(1, static script => script.Keep(script.Session()), ""),
            new BehaviourStage(2, OfIncoming, "EINVAL EINVAL EINVAL E2BIG E2BIG EFAULT EFAULT OK")),
        new(
            "a longer structure with an empty tail for a retrieve",
            new BehaviourStage(1, HandOver, ""),
            new BehaviourStage(2, EmptyTailOfRetrieves, "OK OK same")),
        new("an empty name", new BehaviourStage(1, static script => Name(script, 0), "EINVAL")),
        new("a name of 63 bytes", new BehaviourStage(1, static script => Name(script, 63), "OK")),
        new("a name of 64 bytes", new BehaviourStage(1, static script => Name(script, 64), "EINVAL")),
        new("a name of any bytes", new BehaviourStage(1, AnyName, "OK")),
        new("the name of a session", new BehaviourStage(1, GetName, "OK same")),
    ];

    private static void UnknownOnDevice(Script script)
    {
        int device = script.Device();
        script.Tell(script.Calls.Control(device, 0xBA02, Script.Argument(NameBytes)));
        script.Tell(script.Calls.Control(device, 0xBA40, Script.Argument(NameBytes)));
    }

    private static void UnknownOnSession(Script script)
    {
        int session = script.Session();
        script.Tell(script.Calls.Control(session, 0xBA3F, Script.Argument(NameBytes)));
        script.Tell(script.Calls.Control(session, 0xBA44, Script.Argument(NameBytes)));
        script.Tell(script.Calls.Control(session, 0xBA00, Script.Argument(NameBytes)));
    }

    private static void WrongEncoding(Script script)
    {
        int device = script.Device();
        int session = script.Create(device).Descriptor;
        script.Tell(script.Calls.Control(device, 0xBB00, Script.Argument(NameBytes)));
        script.Tell(script.Calls.Control(device, 0xC048BA00, Script.Argument(NameBytes)));
        script.Tell(script.Calls.Control(session, 0xBB40, Script.Argument(NameBytes)));
        script.Tell(script.Calls.Control(session, 0xC010BA40, Script.Argument(NameBytes)));
    }

    private static void NoArgument(Script script)
    {
        int device = script.Device();
        int session = script.Create(device).Descriptor;
        script.Tell(script.Calls.Control(device, LiveUpdateAbi.CreateSession, []));
        script.Tell(script.Calls.Control(device, LiveUpdateAbi.RetrieveSession, []));
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.PreserveFile, []));
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.Finish, []));
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.GetName, []));
    }

    private static void TooShort(Script script)
    {
        int device = script.Device();
        int session = script.Create(device).Descriptor;
        byte[] name = Script.Argument(NameBytes, NameBytes - 1);
        name[LiveUpdateAbi.NameOffset] = (byte)'x';
        script.Tell(script.Calls.Control(device, LiveUpdateAbi.CreateSession, name));
        script.Tell(script.Calls.Control(device, LiveUpdateAbi.RetrieveSession, name));
        byte[] file = Script.FileArgument(script.Memory(), 1);
        file[0]--;
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.PreserveFile, file));
        byte[] asked = Script.Argument(NameBytes, NameBytes - 1);
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.GetName, asked));
    }

    private static void EmptyTail(Script script)
    {
        int device = script.Device();
        byte[] name = Script.NameArgument(Script.Bytes(script.Row.Prefix), NameBytes + Longer);
        CallResult created = script.Calls.Control(device, LiveUpdateAbi.CreateSession, name);
        script.Tell(created);
        int session = BitConverter.ToInt32(name, LiveUpdateAbi.DescriptorOffset);
        script.Track(CallResult.Done(session));
        script.Tell(script.Calls.Control(
            session,
            LiveUpdateAbi.PreserveFile,
            Script.FileArgument(script.Memory(), 1, FileBytes + Longer)));
        byte[] asked = Script.Argument(NameBytes + Longer);
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.GetName, asked));
    }

    private static void FullTail(Script script)
    {
        int device = script.Device();
        int session = script.Create(device).Descriptor;
        byte[] name = Script.NameArgument("x"u8, NameBytes + Longer);
        name[^1] = 1;
        script.Tell(script.Calls.Control(device, LiveUpdateAbi.CreateSession, name));
        script.Tell(script.Calls.Control(device, LiveUpdateAbi.RetrieveSession, name));
        byte[] file = Script.FileArgument(script.Memory(), 1, FileBytes + Longer);
        file[FileBytes] = 1;
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.PreserveFile, file));
        byte[] asked = Script.Argument(NameBytes + Longer);
        asked[^1] = 1;
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.GetName, asked));
    }

    private static void ReservedOfName(Script script)
    {
        int session = script.Session();
        byte[] asked = Script.Argument(NameBytes);
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.GetName, asked));
        asked = Script.Argument(NameBytes);
        asked[LiveUpdateAbi.DescriptorOffset] = 1;
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.GetName, asked));
    }

    private static void OfIncoming(Script script)
    {
        int session = script.Incoming();
        byte[] finish = Script.Argument(LiveUpdateAbi.FinishArgumentBytes);
        finish[LiveUpdateAbi.DescriptorOffset] = 1;
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.Finish, finish));
        finish = Script.Argument(LiveUpdateAbi.FinishArgumentBytes, LiveUpdateAbi.FinishArgumentBytes - 1);
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.Finish, finish));
        byte[] shorter = Script.Argument(FileBytes, FileBytes - 1);
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.RetrieveFile, shorter));
        finish = Script.Argument(LiveUpdateAbi.FinishArgumentBytes + Longer);
        finish[^1] = 1;
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.Finish, finish));
        byte[] file = Script.FileArgument(-1, 1, FileBytes + Longer);
        file[^1] = 1;
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.RetrieveFile, file));
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.Finish, []));
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.RetrieveFile, []));
        script.Tell(script.Calls.Control(
            session, LiveUpdateAbi.Finish, Script.Argument(LiveUpdateAbi.FinishArgumentBytes + Longer)));
    }

    private static void HandOver(Script script)
    {
        int session = script.Session();
        script.Preserve(session, script.Memory(), 1);
        script.Keep(session);
    }

    private static void EmptyTailOfRetrieves(Script script)
    {
        const int bytes = 4096;
        byte[] name = Script.NameArgument(Script.Bytes(script.Row.Prefix), NameBytes + Longer);
        script.Tell(script.Calls.Control(script.Device(), LiveUpdateAbi.RetrieveSession, name));
        int session = BitConverter.ToInt32(name, LiveUpdateAbi.DescriptorOffset);
        script.Track(CallResult.Done(session));
        byte[] file = Script.FileArgument(-1, 1, FileBytes + Longer);
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.RetrieveFile, file));
        int memory = BitConverter.ToInt32(file, LiveUpdateAbi.DescriptorOffset);
        script.Track(CallResult.Done(memory));
        script.TellContent(memory, bytes);
    }

    private static void Name(Script script, int bytes)
    {
        byte[] name = new byte[bytes];
        Array.Fill(name, (byte)'n');
        Create(script, name);
    }

    private static void AnyName(Script script) => Create(script, "a/b \n\x01\xff"u8);

    private static void Create(Script script, ReadOnlySpan<byte> name)
    {
        byte[] argument = Script.NameArgument(name);
        CallResult created = script.Calls.Control(script.Device(), LiveUpdateAbi.CreateSession, argument);
        script.Tell(created);
        if (created.IsDone)
        {
            script.Track(CallResult.Done(BitConverter.ToInt32(argument, LiveUpdateAbi.DescriptorOffset)));
        }
    }

    private static void GetName(Script script)
    {
        int session = script.Session();
        byte[] asked = Script.Argument(NameBytes);
        script.Tell(script.Calls.Control(session, LiveUpdateAbi.GetName, asked));
        string name = Encoding.UTF8.GetString(
            asked, LiveUpdateAbi.NameOffset, NameBytes - LiveUpdateAbi.NameOffset);
        script.Tell(name.TrimEnd('\0') == script.Row.Prefix ? "same" : name);
    }
}
