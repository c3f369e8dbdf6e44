using System.Buffers.Binary;
using System.Text;

namespace GraphOrder.LiveUpdate.Tests.Simulation;

/// <summary>The calls of an agent in one line each.</summary>
internal static class Agent
{
    public static int OpenDevice(this ISystemCalls calls) =>
        calls.Open(Encoding.ASCII.GetBytes(LiveUpdateAbi.DevicePath), OpenModes.ReadWrite).Descriptor;

    public static int Memory(this ISystemCalls calls, int bytes, byte value = 0)
    {
        int memory = calls.CreateMemory("m"u8, MemoryModes.AllowSealing).Descriptor;
        byte[] content = new byte[bytes];
        Array.Fill(content, value);
        calls.WriteAt(memory, content, 0);
        return memory;
    }

    public static CallResult Create(this ISystemCalls calls, int device, string name) =>
        Session(calls, LiveUpdateAbi.CreateSession, device, name);

    public static CallResult RetrieveSession(this ISystemCalls calls, int device, string name) =>
        Session(calls, LiveUpdateAbi.RetrieveSession, device, name);

    public static CallResult Preserve(this ISystemCalls calls, int session, int file, ulong token)
    {
        byte[] argument = FileArgument(file, token);
        return calls.Control(session, LiveUpdateAbi.PreserveFile, argument);
    }

    public static CallResult RetrieveFile(this ISystemCalls calls, int session, ulong token)
    {
        byte[] argument = FileArgument(0, token);
        CallResult result = calls.Control(session, LiveUpdateAbi.RetrieveFile, argument);
        return result.IsDone
            ? CallResult.Done(BinaryPrimitives.ReadInt32LittleEndian(argument.AsSpan(4)))
            : result;
    }

    public static CallResult Finish(this ISystemCalls calls, int session) =>
        calls.Control(session, LiveUpdateAbi.Finish, (byte[])[8, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>Loads an image and jumps; a process of the next kernel.</summary>
    public static SimulatedProcess Kexec(this SimulatedProcess process)
    {
        Assert.That(process.TryKexec().IsDone, Is.True);
        return process.Kernel.Next!.StartProcess();
    }

    public static CallResult TryKexec(this SimulatedProcess process)
    {
        process.Kernel.PlaceFile("/boot/image", "image"u8);
        int image = process.Open("/boot/image"u8, OpenModes.ReadOnly).Descriptor;
        Assert.That(process.LoadKernel(image, -1, default).IsDone, Is.True);
        return process.Jump();
    }

    private static byte[] FileArgument(int file, ulong token)
    {
        byte[] argument = new byte[LiveUpdateAbi.FileArgumentBytes];
        argument[0] = LiveUpdateAbi.FileArgumentBytes;
        BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(LiveUpdateAbi.DescriptorOffset), file);
        BinaryPrimitives.WriteUInt64LittleEndian(argument.AsSpan(LiveUpdateAbi.TokenOffset), token);
        return argument;
    }

    private static CallResult Session(ISystemCalls calls, uint request, int device, string name)
    {
        byte[] argument = new byte[LiveUpdateAbi.NameArgumentBytes];
        argument[0] = LiveUpdateAbi.NameArgumentBytes;
        Encoding.UTF8.GetBytes(name, argument.AsSpan(LiveUpdateAbi.NameOffset));
        CallResult result = calls.Control(device, request, argument);
        return result.IsDone
            ? CallResult.Done(BinaryPrimitives.ReadInt32LittleEndian(argument.AsSpan(4)))
            : result;
    }
}
