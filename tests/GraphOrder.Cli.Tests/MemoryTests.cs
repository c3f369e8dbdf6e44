using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace GraphOrder.Cli.Tests;

/// <summary>How much memory a run holds at its peak, as the kernel counts it.</summary>
[TestFixture]
[Platform("Linux")]
public sealed class MemoryTests
{
    private const int SessionCount = 4_000;
    private const int FilesPerSession = 40;

    // A plan holds the set, its dependencies in both forms and its orders; never the text of the document
    // nor that of the answer, which is more than four times as long.
    private const int TimesInput = 4;

    // A runtime that compiles as it goes, its libraries and what it keeps in hand.
    private const long Constant = 96L << 20;

    [Test]
    public void A_large_plan_holds_a_few_times_the_length_of_its_document()
    {
        using Scratch scratch = new();
        string set = scratch.Write("set.json", Document());
        long length = new FileInfo(set).Length;
        string plan = scratch.File("plan.json");

        using Process process = Tool.Start(
            null, Tool.Path, "plan", set, "--format", "json", "--output", plan);
        long peak = 0;
        while (!process.WaitForExit(5))
        {
            peak = Math.Max(peak, PeakOf(process.Id));
        }

        TestContext.Out.WriteLine($"document {length}, peak {peak}, plan {new FileInfo(plan).Length}");
        Assert.That(process.ExitCode, Is.Zero);
        Assert.That(new FileInfo(plan).Length, Is.GreaterThan(TimesInput * length));
        Assert.That(peak, Is.InRange(length, (TimesInput * length) + Constant));
    }

    // The files of each session need the two in front of them.
    private static string Document()
    {
        StringBuilder text = new("{\"schema\":\"graphorder/session-set/1\",\"sessions\":[");
        for (int session = 0; session < SessionCount; session++)
        {
            text.Append(session == 0 ? "" : ",").Append($"{{\"name\":\"vm-{session:d5}\"}}");
        }

        text.Append("],\"objects\":[");
        for (int i = 0; i < SessionCount * FilesPerSession; i++)
        {
            (int session, int file) = (i / FilesPerSession, i % FilesPerSession);
            text.Append(i == 0 ? "\n" : ",\n");
            text.Append($"{{\"id\":\"vm-{session:d5}/{file:d2}\",\"kind\":\"file\",");
            text.Append($"\"session\":\"vm-{session:d5}\",\"token\":\"0x{file + 1:x}\"");
            text.Append(file < 2 ? "}"
                : $",\"needs\":[\"vm-{session:d5}/{file - 2:d2}\",\"vm-{session:d5}/{file - 1:d2}\"]}}");
        }

        return text.Append("]}\n").ToString();
    }

    private static long PeakOf(int process)
    {
        try
        {
            foreach (string line in File.ReadLines($"/proc/{process}/status"))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                {
                    string number = line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal);
                    return long.Parse(number, CultureInfo.InvariantCulture) << 10;
                }
            }
        }
        catch (IOException)
        {
            // It has ended.
        }

        return 0;
    }
}
