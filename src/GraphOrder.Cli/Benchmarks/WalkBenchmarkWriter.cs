using System.Globalization;
using System.Text.Json;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary>Writes what <c>bench walk</c> measured, for a person or as <c>graphorder/bench/1</c>.</summary>
internal static class WalkBenchmarkWriter
{
    private const int Room = 66;
    private const double Giga = 1e9;
    private const double Nano = 1e-9;

    /// <summary>As text.</summary>
    public static void WriteText(ReportLines lines, WalkBenchmarkResult result)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        lines.Wrapped(0, string.Create(
            culture,
            $"WALK  {Bytes.Of((long)result.Options.MappedBytes)} in leaves of "
            + $"{NumberText.PowerOfTwo(result.Options.LeafLg2)}, {Plural.Of((long)result.Runs, "run")}: "
            + $"{Plural.Of((long)result.Tables, "table")}, {Bytes.Of((long)result.Bytes)}"));
        lines.Blank();
        ReportTable table = new(
            lines,
            Room,
            new Cell(2, ""),
            new Cell(22, $"{"GB/s",8}"),
            new Cell(31, $"{"ns a leaf",11}"),
            new Cell(43, $"{"of a read",11}"),
            new Cell(55, $"{"allocated",11}"));
        table.Header();
        foreach (Measured row in result.Measured)
        {
            table.Row(
                row.Name,
                string.Create(culture, $"{result.Bytes / row.Seconds / Giga,8:0.00}"),
                string.Create(culture, $"{row.Seconds / Nano / result.Leaves,11:0.00}"),
                string.Create(culture, $"{row.OfBaseline.Median,11:0.000}"),
                $"{Bytes.Of(row.AllocatedBytes),11}");
        }

        lines.Blank();
        Labelled("format", result.Format.Description.Help);
        Labelled("machine", $"{Machine.Processor}, {Plural.Of(Environment.ProcessorCount, "processor")}");
        Labelled("runtime", $"{Machine.Runtime}, vectors of {Machine.VectorBits} bits");
        Labelled("rounds", $"{result.Rounds}, each thing once a round; medians, ratios within a round");
        lines.Blank();
        lines.Labelled(
            0, "LEFT OUT", 10,
            "reading the tables from a file; finding whose memory is mapped; a walk in another language "
            + "(bench/limits has one). Huge pages are as the system gives them.");

        void Labelled(string label, string text) => lines.Labelled(2, label, 11, text);
    }

    /// <summary>As a document.</summary>
    public static void WriteJson(Stream stream, WalkBenchmarkResult result)
    {
        using Utf8JsonWriter json = new(stream, new() { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("schema", "graphorder/bench/1");
        json.WriteString("bench", "walk");
        json.WriteString("table", result.Format.Description.Name);
        json.WriteNumber("mappedBytes", result.Options.MappedBytes);
        json.WriteNumber("leafBytes", 1UL << result.Options.LeafLg2);
        json.WriteNumber("runs", result.Runs);
        json.WriteNumber("tables", result.Tables);
        json.WriteNumber("tableBytes", result.Bytes);
        json.WriteNumber("seed", result.Options.Seed);
        json.WriteNumber("rounds", result.Rounds);
        json.WriteString("processor", Machine.Processor);
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteString("runtime", Machine.Runtime);
        json.WriteNumber("vectorBits", Machine.VectorBits);
        json.WriteStartArray("measured");
        foreach (Measured row in result.Measured)
        {
            json.WriteStartObject();
            json.WriteString("name", row.Name);
            json.WriteNumber("seconds", row.Seconds);
            json.WriteNumber("ofRead", row.OfBaseline.Median);
            json.WriteNumber("bytesPerSecond", result.Bytes / row.Seconds);
            json.WriteNumber("nanosecondsPerLeaf", row.Seconds / Nano / result.Leaves);
            json.WriteNumber("allocatedBytes", row.AllocatedBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }
}
