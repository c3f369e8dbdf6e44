using System.Text.Json;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary>Writes what random calls found as <c>graphorder/torture/1</c>.</summary>
internal static class TortureWriter
{
    public static void Write(Stream stream, ulong seed, TortureResult result)
    {
        using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteString("schema", "graphorder/torture/1");
        writer.WriteNumber("seed", seed);
        writer.WriteNumber("rounds", result.RoundCount);
        writer.WriteNumber("calls", result.CallCount);
        if (result.Finding is TortureFinding finding)
        {
            writer.WriteStartObject("difference");
            writer.WriteNumber("round", finding.Round);
            writer.WriteNumber("calls", finding.CallCount);
            writer.WriteString("kernel", finding.First);
            writer.WriteString("simulator", finding.Second);
            writer.WriteString("program", finding.Program);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
