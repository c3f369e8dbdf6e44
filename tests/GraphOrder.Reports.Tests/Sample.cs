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

    public static string Report(
        SessionSet set, TextReportOptions options, PlanOptions? planOptions = null) =>
        Report(set, KernelPair.Linux73, options, planOptions);

    public static string Report(
        SessionSet set,
        KernelPair kernels,
        TextReportOptions options,
        PlanOptions? planOptions = null,
        ScheduleOptions? schedule = null)
    {
        StringWriter output = new();
        PlanAnswer answer = PlanRequest.Answer(
            set, kernels, planOptions, null, schedule ?? ScheduleOptions.Default);
        TextReport.WritePlan(output, set, kernels, answer.Result, options, answer.Repairs, answer.Schedule);
        return output.ToString();
    }

    public static string Comparison(SessionSet set, TextReportOptions options)
    {
        StringWriter output = new();
        TextReport.WriteComparison(output, CompareRequest.Answer(set), options);
        return output.ToString();
    }

    /// <summary>The kernels of two models, samples by the name of their file.</summary>
    public static KernelPair Kernels(string models)
    {
        string[] names = models.Split(':');
        return new KernelPair(KernelProfile.Of(Model(names[0])), KernelProfile.Of(Model(names[^1])));
    }

    private static LifecycleModel Model(string name)
    {
        using FileStream stream = File.OpenRead(Path.Combine(Folder, "models", name + ".json"));
        return ModelReader.Read(stream, name);
    }

    public static string[] Lines(string report) => report.TrimEnd('\n').Split('\n');
}
