using System.Globalization;
using System.Reflection;
using System.Text.Json;
using GraphOrder.Reports;
using QuikGraph;

namespace GraphOrder.Cli;

/// <summary>
/// Writes what <c>bench plan</c> and <c>bench incremental</c> measured, for a person or as
/// <c>graphorder/bench/1</c>.
/// </summary>
internal static class GraphBenchmarkWriter
{
    private const int Room = 80;
    private const int VersionParts = 3;
    private const double Thousand = 1e3;
    private const double Million = 1e6;
    private const double Milli = 1e-3;

    private static string OurVersion => VersionOf(typeof(Planner).Assembly);

    private static string QuikGraphVersion => VersionOf(typeof(SEdge<int>).Assembly);

    /// <summary>As text.</summary>
    public static void WriteText(ReportLines lines, GraphBenchmarkResult result)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        DependencyGraph graph = result.Input.Graph;
        lines.Wrapped(
            0,
            $"{result.Name.ToUpperInvariant()}  {result.Input.Shape}: "
            + $"{Plural.Of(graph.SessionCount, "session")}, {Plural.Of(graph.ObjectCount, "object")}, "
            + $"{Plural.Of(graph.DependencyCount, "dependency", "dependencies")}");
        lines.Blank();
        ReportTable table = new(
            lines,
            Room,
            new Cell(2, ""),
            new Cell(22, $"{"ms",10}"),
            new Cell(33, $"{"obj/s",8}"),
            new Cell(42, $"{"deps/s",8}"),
            new Cell(51, $"{"beside QuikGraph",20}"),
            new Cell(72, $"{"alloc",8}"));
        table.Header();
        foreach (MeasuredGraph row in result.Rows)
        {
            double seconds = row.Time.Seconds;
            table.Row(
                row.Time.Name,
                string.Create(culture, $"{seconds / Milli,10:0.000}"),
                $"{Rate(row.Objects / seconds),8}",
                $"{Rate(row.Dependencies / seconds),8}",
                $"{Ratio(row),20}",
                $"{Bytes.Of(row.Time.AllocatedBytes),8}");
        }

        lines.Blank();
        Labelled("model", result.Input.Kernels.ModelName);
        Labelled("machine", $"{Machine.Processor}, {Plural.Of(Environment.ProcessorCount, "processor")}");
        Labelled("runtime", $"{Machine.Runtime}; GraphOrder {OurVersion}, QuikGraph {QuikGraphVersion}");
        Labelled("rounds", $"{result.Input.Rounds}, each thing once a round; medians. 'beside' is "
            + "QuikGraph's time to this one's within a round: above 1 is faster; its 95 % interval");
        lines.Blank();
        foreach ((string label, string text) in result.Method)
        {
            lines.Labelled(0, label, 10, text);
        }

        void Labelled(string label, string text) => lines.Labelled(2, label, 11, text);
    }

    /// <summary>As a document.</summary>
    public static void WriteJson(Stream stream, GraphBenchmarkResult result)
    {
        using Utf8JsonWriter json = new(stream, new() { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("schema", "graphorder/bench/1");
        json.WriteString("bench", result.Name);
        json.WriteString("shape", result.Input.Shape);
        json.WriteString("model", result.Input.Kernels.ModelName);
        json.WriteNumber("sessions", result.Input.Graph.SessionCount);
        json.WriteNumber("objects", result.Input.Graph.ObjectCount);
        json.WriteNumber("dependencies", result.Input.Graph.DependencyCount);
        json.WriteString("sortedPhase", result.Input.SortedPhase.Name());
        json.WriteNumber("sortedDependencies", result.Input.SortedCount);
        json.WriteNumber("rounds", result.Input.Rounds);
        json.WriteString("processor", Machine.Processor);
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteString("runtime", Machine.Runtime);
        json.WriteString("graphOrder", OurVersion);
        json.WriteString("quikGraph", QuikGraphVersion);
        json.WriteStartArray("measured");
        foreach (MeasuredGraph row in result.Rows)
        {
            Write(json, row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, MeasuredGraph row)
    {
        json.WriteStartObject();
        json.WriteString("name", row.Time.Name);
        json.WriteNumber("seconds", row.Time.Seconds);
        json.WriteNumber("objectsPerSecond", row.Objects / row.Time.Seconds);
        json.WriteNumber("dependenciesPerSecond", row.Dependencies / row.Time.Seconds);
        json.WriteString("baseline", row.Baseline);
        json.WriteNumber("ofBaseline", row.Time.OfBaseline.Median);
        json.WriteNumber("ofBaselineLow", row.Time.OfBaseline.Low);
        json.WriteNumber("ofBaselineHigh", row.Time.OfBaseline.High);
        json.WriteNumber("allocatedBytes", row.Time.AllocatedBytes);
        json.WriteEndObject();
    }

    private static string Ratio(MeasuredGraph row) => row.Time.Name == row.Baseline ? ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Short(row.Time.OfBaseline.Median)} "
            + $"[{Short(row.Time.OfBaseline.Low)}-{Short(row.Time.OfBaseline.High)}]");

    private static string Rate(double perSecond) =>
        perSecond < Thousand ? Short(perSecond)
        : perSecond < Million ? Short(perSecond / Thousand) + "k"
        : Short(perSecond / Million) + "M";

    // Three digits that count.
    private static string Short(double value) => value.ToString(
        value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string VersionOf(Assembly assembly) =>
        assembly.GetName().Version?.ToString(VersionParts) ?? "unknown";
}
