using System.Diagnostics;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>
/// Kills a program with SIGKILL as soon as the journal has so many lines more than when it was first seen. It
/// is woken by each write, and before the program that wrote goes on: this thread is first in a machine of
/// one
/// processor.
/// </summary>
internal static class Killer
{
    private const int PatienceMilliseconds = 50;

    /// <summary>Waits for the program's end, by itself or not.</summary>
    /// <returns>How many lines there were more when it was killed; null where it ended by itself.</returns>
    public static int? Run(Func<Process> start, int lines, out Process process)
    {
        string path = JournalFile.DefaultPath;
        string folder = Path.GetDirectoryName(path)!;
        _ = Directory.CreateDirectory(folder);
        int before = LinesOf(path);
        using FileStream watch = Library.Watch(folder);
        process = start();
        Library.Precede(true);
        try
        {
            while (!process.HasExited)
            {
                Library.Await(watch, PatienceMilliseconds);
                int now = LinesOf(path);

                // A new update moves the journal of the one before away.
                before = before < 0 || now < before ? now : before;
                if (now - before >= lines && !process.HasExited)
                {
                    process.Kill();
                    return now - before;
                }
            }

            return null;
        }
        finally
        {
            Library.Precede(false);
            process.WaitForExit();
        }
    }

    // -1 where there is none.
    private static int LinesOf(string path) =>
        File.Exists(path) ? File.ReadAllBytes(path).AsSpan().Count((byte)'\n') : -1;
}
