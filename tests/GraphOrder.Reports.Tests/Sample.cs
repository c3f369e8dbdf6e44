using System.Text;

namespace GraphOrder.Reports.Tests;

/// <summary>Sets and their reports.</summary>
internal static class Sample
{
    public static string Folder { get; } = Path.Combine(TestContext.CurrentContext.TestDirectory, "samples");

    public static SessionSet Read(string name)
    {
        using FileStream stream = File.OpenRead(Path.Combine(Folder, name));
        return SessionSet.Read(stream, name);
    }

    public static SessionSet Parse(string json)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
        return SessionSet.Read(stream, "set.json");
    }

    public static TextReportOptions Options(string name) => new() { SetName = name };

    public static string Report(SessionSet set, TextReportOptions options, PlanOptions? planOptions = null)
    {
        StringWriter output = new();
        PlanAnswer answer = PlanRequest.Answer(set, KernelPair.Linux73, planOptions);
        TextReport.WritePlan(output, set, KernelPair.Linux73, answer.Result, options, answer.Repairs);
        return output.ToString();
    }

    public static string[] Lines(string report) => report.TrimEnd('\n').Split('\n');
}
