using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>The machine around the first process: its file systems, its end, and the next kernel.</summary>
internal static class Machine
{
    private const string KernelPath = "/kernel";
    private const string RamDiskPath = "/sys/firmware/initrd";

    private static readonly (string Kind, string Where)[] FileSystems =
    [
        ("proc", "/proc"), ("sysfs", "/sys"), ("devtmpfs", "/dev"), ("debugfs", "/sys/kernel/debug"),
        ("tmpfs", "/tmp"), ("tmpfs", "/run"),
    ];

    /// <summary>Mounts what the tests and the tool look at.</summary>
    public static void Prepare()
    {
        foreach ((string kind, string where) in FileSystems)
        {
            _ = Directory.CreateDirectory(where);
            if (Library.Mount(kind, where, kind, 0, null) != 0)
            {
                Serial.Say($"bad mount {where}: errno {Marshal.GetLastPInvokeError()}");
            }
        }

        // Two thousand memories and their sessions, here and in every program that is started.
        const int descriptorsMax = 1 << 16;
        _ = new LinuxCalls().LimitDescriptors(descriptorsMax);
    }

    /// <summary>Restarts; the emulator ends instead.</summary>
    public static void Stop()
    {
        Library.Sync();
        _ = Library.Reboot(Library.Restart);
    }

    /// <summary>
    /// Loads the kernel that this one was, with the RAM disk that it kept (retain_initrd) and, behind that,
    /// the files given, which so outlive the jump.
    /// </summary>
    public static CallResult Load(ISystemCalls calls, GuestOrder next, params ReadOnlySpan<string> carried)
    {
        CallResult kernel = calls.Open(Encoding.UTF8.GetBytes(KernelPath), OpenModes.CloseOnExec);
        int ramDisk = carried.IsEmpty
            ? calls.Open(Encoding.UTF8.GetBytes(RamDiskPath), OpenModes.CloseOnExec).Descriptor
            : Extended(calls, carried);
        if (!kernel.IsDone)
        {
            return kernel;
        }

        CallResult loaded = calls.LoadKernel(
            kernel.Descriptor, ramDisk, Encoding.UTF8.GetBytes(next.ToCommandLine()));
        _ = calls.Close(ramDisk);
        _ = calls.Close(kernel.Descriptor);
        return loaded;
    }

    /// <summary>Loads the next kernel and jumps; comes back only where that fails.</summary>
    public static void JumpTo(ISystemCalls calls, GuestOrder next, params ReadOnlySpan<string> carried)
    {
        CallResult loaded = Load(calls, next, carried);
        CallResult jumped = loaded.IsDone ? calls.Jump() : loaded;
        Serial.Say(string.Create(CultureInfo.InvariantCulture, $"bad jump to kernel {next.Kernel}: {jumped}"));
    }

    private static int Extended(ISystemCalls calls, ReadOnlySpan<string> carried)
    {
        using MemoryStream archive = new();
        using (FileStream ramDisk = File.OpenRead(RamDiskPath))
        {
            ramDisk.CopyTo(archive);
        }

        CpioWriter writer = new(archive);
        foreach (string path in carried)
        {
            writer.AddFile(path, File.ReadAllBytes(path), isProgram: false);
        }

        writer.End();
        int descriptor = calls.CreateMemory("initrd"u8, MemoryModes.CloseOnExec).Descriptor;
        ReadOnlySpan<byte> bytes = archive.GetBuffer().AsSpan(0, (int)archive.Length);
        for (int offset = 0; offset < bytes.Length;)
        {
            CallResult written = calls.WriteAt(descriptor, bytes[offset..], offset);
            if (!written.IsDone)
            {
                throw new IOException($"The RAM disk does not fit: {written}.");
            }

            offset += (int)written.Value;
        }

        return descriptor;
    }
}
