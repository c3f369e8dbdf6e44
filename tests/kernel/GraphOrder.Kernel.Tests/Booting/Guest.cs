using System.Diagnostics;
using System.Globalization;

namespace GraphOrder.Kernel.Tests;

/// <summary>
/// Boots the kernel that GRAPHORDER_KERNEL names in an emulated machine, at most two at once, each for a
/// limited
/// time. Without a kernel or the emulator the test is skipped by name.
/// </summary>
internal static class Guest
{
    private const string Emulator = "qemu-system-x86_64";

    private static readonly SemaphoreSlim Places = new(2);

    /// <summary>Boots, waits for the end, reads the serial ports: the console's and the guest's.</summary>
    public static BootLog Boot(BootOptions options)
    {
        string kernel = DemandKernel();
        Command.Demand(Emulator);
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Mode}-{options.Argument.Replace('/', '_')}-{Guid.NewGuid().ToString("N")[..6]}");
        string ramDisk = Path.Combine(Artifacts.Folder("boots"), $"{name}.cpio");
        string log = Path.Combine(Artifacts.Folder("boots"), $"{name}.log");
        string answers = Path.Combine(Artifacts.Folder("boots"), $"{name}.answers");
        RamDisk.Write(ramDisk, options, kernel);
        Places.Wait();
        try
        {
            Stopwatch watch = Stopwatch.StartNew();
            (int? exitCode, string said) = Command.Run(
                options.Limit, null, Emulator,
                "-accel", "tcg", "-cpu", "max", "-m", $"{options.MemoryMegabytes}M", "-smp", "1",
                "-no-reboot", "-nographic", "-nodefaults", "-serial", $"file:{log}", "-serial", $"file:{answers}",
                "-kernel", kernel, "-initrd", ramDisk, "-append", Words(options));
            string text = Read(log) + Read(answers);
            Assert.That(exitCode, Is.Zero, $"The machine did not end by itself. {said}\n{text}");
            return new BootLog(text, watch.Elapsed.TotalSeconds);
        }
        finally
        {
            _ = Places.Release();
            File.Delete(ramDisk);
        }
    }

    /// <summary>The kernel's path; skips the test where there is none.</summary>
    public static string DemandKernel()
    {
        string? path = Environment.GetEnvironmentVariable("GRAPHORDER_KERNEL");
        if (string.IsNullOrEmpty(path))
        {
            Assert.Ignore("GRAPHORDER_KERNEL names no kernel with live update (tests/kernel/README.md)");
        }
        else if (!File.Exists(path))
        {
            Assert.Fail($"GRAPHORDER_KERNEL names {path}, which is no file");
        }

        return path!;
    }

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path) : "";

    // On a busy machine the emulated timer comes too late for the check of its interrupt, which is a panic.
    private static string Words(BootOptions options) =>
        "console=ttyS0 retain_initrd panic=-1 loglevel=4 no_timer_check liveupdate=on "
        + $"{options.KernelWords} graphorder.mode={options.Mode} graphorder.argument={options.Argument}";
}
