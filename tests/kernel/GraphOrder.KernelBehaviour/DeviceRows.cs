using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelBehaviour;

/// <summary>The device and the sessions that it creates.</summary>
internal static class DeviceRows
{
    public static BehaviourRow[] Rows { get; } =
    [
        new("a second open of the device", new BehaviourStage(1, SecondOpen, "EBUSY EBUSY OK")),
        new("reading and writing the device", new BehaviourStage(1, ReadAndWrite, "EINVAL EINVAL")),
        new("mapping the device", new BehaviourStage(1, Mapped, "ENODEV OK")),
        new("a session under a name that is taken", new BehaviourStage(1, TakenName, "EEXIST EEXIST")),
        new("a session without a free descriptor", new BehaviourStage(1, NoRoom, "EMFILE OK")),
        new("what a session's descriptor is", new BehaviourStage(1, Descriptor, "1 2 anon_inode:[luo_session] NAME")),
        new("closing the device with a session open", new BehaviourStage(1, DeviceClosed, "OK OK")),
        new("retrieving a session that is not incoming", new BehaviourStage(1, NotIncoming, "ENOENT ENOENT")),
        new("two thousand sessions", new BehaviourStage(1, ManySessions, "2000")),
    ];

    private static void SecondOpen(Script script)
    {
        int device = script.Device();
        script.Tell(script.Open(LiveUpdateAbi.DevicePath, OpenModes.ReadWrite));
        script.Tell(script.Open(LiveUpdateAbi.DevicePath, OpenModes.ReadOnly));
        script.Close(device);
        script.Tell(script.Open(LiveUpdateAbi.DevicePath, OpenModes.ReadOnly));
    }

    private static void ReadAndWrite(Script script)
    {
        int device = script.Device();
        script.Tell(script.Calls.ReadAt(device, new byte[8], 0));
        script.Tell(script.Calls.WriteAt(device, new byte[8], 0));
    }

    private static void Mapped(Script script)
    {
        script.Tell(script.Machine.Map(script.Device()));
        script.Tell(script.Machine.Map(script.Memory()));
    }

    private static void TakenName(Script script)
    {
        int device = script.Device();
        script.Create(device);
        script.Tell(script.Create(device));
        script.Close(device);
        script.Tell(script.Create(script.Device()));
    }

    private static void NoRoom(Script script)
    {
        int device = script.Device();
        script.WithoutRoom(() => script.Tell(script.Create(device)));
        script.Tell(script.Create(device));
    }

    private static void Descriptor(Script script)
    {
        const long accessModes = 3;
        int session = script.Session("x");
        script.TellValue(script.Calls.DescriptorFlags(session));
        script.Tell(script.Calls.StatusFlags(session).Value & accessModes);
        script.Tell(script.Calls.Link(session)!.Replace(script.Row.Prefix + "x", "NAME", StringComparison.Ordinal));
    }

    private static void DeviceClosed(Script script)
    {
        int device = script.Device();
        int session = script.Create(device).Descriptor;
        script.Tell(script.Close(device));
        script.Tell(script.Preserve(session, script.Memory(), 1));
    }

    private static void NotIncoming(Script script)
    {
        int device = script.Device();
        script.Create(device, "own");
        script.Tell(script.RetrieveSession(device, "unknown"));
        script.Tell(script.RetrieveSession(device, "own"));
    }

    private static void ManySessions(Script script)
    {
        const int limit = 4096;
        const int count = 2000;
        _ = script.Calls.LimitDescriptors(limit);
        int device = script.Device();
        int created = 0;
        for (int i = 0; i < count; i++)
        {
            created += script.Create(device, $"-{i}").IsDone ? 1 : 0;
        }

        script.Tell(created);
    }
}
