using System.Globalization;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary>
/// What <c>apply</c> demands of its command line before anything is asked of the kernel, in a dry run too.
/// </summary>
internal static class ApplyDemands
{
    /// <summary>The process that is said to hold the sessions runs.</summary>
    /// <exception cref="ToolException">It does not.</exception>
    public static void Process(int? holder)
    {
        if (holder is { } process
            && !Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}")))
        {
            throw ToolException.Usage(
                $"--holder names process {process}, and there is none. Give the process that holds the "
                + "sessions.");
        }
    }

    /// <summary>The program that does acts is there and may be run.</summary>
    /// <exception cref="ToolException">It is not.</exception>
    public static void Program(string? program)
    {
        if (program is null)
        {
            return;
        }

        const UnixFileMode anybody =
            UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        string[] folders = program.Contains('/', StringComparison.Ordinal)
            ? [""]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        bool isThere = false;
        foreach (string folder in folders)
        {
            string file = Path.Combine(folder, program);
            isThere |= File.Exists(file)
                && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & anybody) != 0);
        }

        if (!isThere)
        {
            throw ToolException.File(
                $"--act names '{Printable.Of(program)}', which is no program that can be run. Check the path "
                + "and its permissions.");
        }
    }

    /// <summary>What is said to be stable is memory of the set.</summary>
    /// <exception cref="ToolException">It is something else.</exception>
    /// <exception cref="RequestException">The set has no such thing.</exception>
    public static void Stable(SessionSet set, string setPath, string[] stable)
    {
        foreach (string id in stable)
        {
            DependencyEnd end = SetArguments.Find(set, setPath, id);
            if (end.IsSession || set.Objects[end.ObjectId.Index].Kind != ObjectKind.Memfd)
            {
                throw ToolException.Usage(
                    $"--stable names '{Printable.Of(id)}', which is no memfd. Only content of memory can be "
                    + "compared.");
            }
        }
    }

    /// <summary>
    /// There is no folder in its place, and no journal of an update that is not over. One of an update that
    /// is over is moved away, except in a dry run.
    /// </summary>
    /// <exception cref="ToolException">There is one.</exception>
    public static void NoOtherJournal(string path, bool isDry)
    {
        if (Directory.Exists(path))
        {
            throw ToolException.File(
                $"The journal '{Printable.Of(path)}' is a folder. Name a file in it by --journal FILE.");
        }

        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            Journal found = JournalReader.ReadFile(path);
            if (found.IsDone is not null
                || HasBegunNothing(found)
                || found.EndedWithItsKernel(RunningHost.Read().Boot))
            {
                MoveAway(path, isDry);
                return;
            }
        }
        catch (JournalException)
        {
            // Without one whole line it was killed before its first record.
            if (!File.ReadAllBytes(path).Contains((byte)'\n'))
            {
                MoveAway(path, isDry);
                return;
            }

            throw new ToolException(
                ExitCodes.Refused,
                $"'{Printable.Of(path)}' is there, and is no journal that can be read. Look whether an "
                    + "update "
                    + "runs; if none does, move the file away.");
        }

        throw new ToolException(
            ExitCodes.Refused,
            $"'{Printable.Of(path)}' is the journal of an update that is not over. See 'graph-order status', "
                + "and finish or abort that one first.");
    }

    // Its process was killed before it asked the kernel for anything.
    private static bool HasBegunNothing(Journal journal) =>
        journal.Steps.IsEmpty && !Directory.Exists(string.Create(
            CultureInfo.InvariantCulture, $"/proc/{journal.Header.Kernel.Process}"));

    private static void MoveAway(string path, bool isDry)
    {
        if (!isDry)
        {
            File.Move(path, $"{path}.last", overwrite: true);
        }
    }
}
