using System.Diagnostics;
using System.Globalization;

namespace GraphOrder.LiveUpdate.Tests;

/// <summary>
/// A power cut takes a file whose name was never brought to disk, however often its content was: the kernel
/// is watched while a journal is begun.
/// </summary>
[TestFixture]
[NonParallelizable]
public sealed class JournalFolderTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("graphorder-names-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_name_of_a_new_journal_and_of_each_folder_made_for_it_is_on_disk()
    {
        string made = Path.Combine(_folder, "one", "two");
        string[] calls = Watched(() => FileJournalStore.Create(Path.Combine(made, "journal")).Dispose());

        Assert.That(
            calls.Where(static call => call.StartsWith("fsync", StringComparison.Ordinal)),
            Is.EqualTo(new[] { $"fsync<{_folder}>", $"fsync<{Path.Combine(_folder, "one")}>", $"fsync<{made}>" }));
    }

    [Test]
    public void The_name_of_a_journal_that_came_over_is_on_disk_after_it_took_its_place()
    {
        string path = Path.Combine(_folder, "journal");
        string[] calls = Watched(() => JournalFile.Place(path, "whole"u8));

        Assert.That(
            calls,
            Is.EqualTo(new[] { $"fsync<{_folder}>", $"fsync<{path}.new>", "rename", $"fsync<{_folder}>" }));
    }

    [Test]
    public void A_folder_that_is_not_there_is_told()
    {
        string missing = Path.Combine(_folder, "missing");

        Assert.That(
            () => FileJournalStore.FlushNames(missing),
            Throws.InstanceOf<IOException>().With.Message.EqualTo(
                $"The names in the folder '{missing}' could not be brought to disk: ENOENT."));
    }

    private static string[] Watched(Action act)
    {
        const string strace = "/usr/bin/strace";
        if (!File.Exists(strace))
        {
            Assert.Ignore("strace is missing");
        }

        string own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        ProcessStartInfo start = new(strace, ["-f", "-y", "-e", "trace=fsync,rename", "-p", own])
        {
            RedirectStandardError = true,
        };
        using Process watcher = Process.Start(start)!;
        List<string> lines = [];
        using ManualResetEventSlim isAttached = new();
        Thread reader = new(() =>
        {
            while (watcher.StandardError.ReadLine() is { } line)
            {
                lines.Add(line);
                if (line.Contains("attached", StringComparison.Ordinal))
                {
                    isAttached.Set();
                }
            }
        });
        reader.Start();
        try
        {
            Assert.That(isAttached.Wait(TimeSpan.FromSeconds(30)), Is.True, string.Join('\n', lines));
            act();
        }
        finally
        {
            // It lets go of this process by itself: one that is killed would too, with its last lines unsaid.
            using Process stop = Process.Start("kill", ["-INT", $"{watcher.Id}"]);
            reader.Join();
            watcher.WaitForExit();
        }

        return [.. lines.Select(Call).OfType<string>()];
    }

    private static string? Call(string line)
    {
        int sync = line.IndexOf("fsync(", StringComparison.Ordinal);
        return sync >= 0 ? "fsync" + line[line.IndexOf('<', sync)..(line.IndexOf('>', sync) + 1)]
            : line.Contains("rename(", StringComparison.Ordinal) ? "rename"
            : null;
    }
}
