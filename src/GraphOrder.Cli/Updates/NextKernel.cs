using System.CommandLine;
using System.Text;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary>The kernel that <c>apply</c> itself loads for the kexec.</summary>
/// <param name="Image">Its file.</param>
/// <param name="Initrd">The file of its initial RAM disk; null for none.</param>
/// <param name="Append">Its command line.</param>
internal sealed record NextKernel(string Image, string? Initrd, string Append)
{
    /// <summary>The one that was named, whose files can be read; null where none was.</summary>
    /// <exception cref="ToolException">
    /// Somebody else does the kexec, an option has no kernel to go with, or a file cannot be read.
    /// </exception>
    public static NextKernel? Of(ParseResult parsed, ApplyOptions options, CustodyKind custody)
    {
        string? image = parsed.GetValue(options.Kernel);
        string? initrd = parsed.GetValue(options.Initrd);
        string? append = parsed.GetValue(options.Append);
        if (image is null)
        {
            return (initrd ?? append) is null ? null : throw ToolException.Usage(
                "--initrd and --append go with --kernel FILE. Name the kernel too, or leave them out.");
        }

        if (custody != CustodyKind.Self)
        {
            throw ToolException.Usage(
                "--kernel goes with --custody self: under systemd and luod somebody else does the kexec, and "
                + "loads its kernel (kexec -s). Leave it out.");
        }

        foreach (string? file in (string?[])[image, initrd])
        {
            if (file is not null)
            {
                Open(file).Dispose();
            }
        }

        return new NextKernel(image, initrd, append ?? "");
    }

    /// <summary>Loads it by kexec_file_load, the call behind which a kernel hands anything over.</summary>
    /// <exception cref="ToolException">The kernel refuses it.</exception>
    public void Load(LinuxCalls calls)
    {
        using FileStream image = Open(Image);
        using FileStream? initrd = Initrd is null ? null : Open(Initrd);
        CallResult loaded = calls.LoadKernel(
            (int)image.SafeFileHandle.DangerousGetHandle(),
            initrd is null ? -1 : (int)initrd.SafeFileHandle.DangerousGetHandle(),
            Encoding.UTF8.GetBytes(Append));
        if (!loaded.IsDone)
        {
            throw new ToolException(
                ExitCodes.PeerRefused,
                $"kexec_file_load of '{Printable.Of(Image)}': {loaded.Error.Name()}. Nothing was preserved. "
                + "Name a kernel that this one takes: --kernel FILE.");
        }
    }

    // The kernel reads the file itself, so standard input will not do.
    private static FileStream Open(string path) => InputFile.Open(path) as FileStream
        ?? throw ToolException.Usage("--kernel and --initrd take files, and '-' is none. Name a file.");
}
