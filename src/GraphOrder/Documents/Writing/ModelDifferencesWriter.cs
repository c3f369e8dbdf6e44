using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Writes <c>graphorder/models/1</c>: <c>differences</c>, each with <c>legal</c>, <c>illegal</c> and the
/// smallest <c>set</c>, a session set as it is; without <c>set</c> where there is none within
/// <c>objectsMax</c> and <c>sessionsMax</c>. Thread-safe.
/// </summary>
public static class ModelDifferencesWriter
{
    /// <summary>The schema that is written.</summary>
    public const string Schema = "graphorder/models/1";

    /// <summary>Writes differences in UTF-8 with line feeds; the stream stays open.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream utf8, ImmutableArray<ModelDifference> differences)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        using RowWriter rows = new(utf8);
        rows.Layout("{\n  \"schema\": "u8);
        Text(rows, Schema);
        rows.Layout(",\n  \"objectsMax\": "u8);
        Number(rows, ModelDifferences.ObjectsMax);
        rows.Layout(",\n  \"sessionsMax\": "u8);
        Number(rows, ModelDifferences.SessionsMax);
        rows.Layout(",\n  \"differences\": ["u8);
        foreach (ModelDifference difference in differences)
        {
            rows.BeginEntry("    "u8);
            rows.Layout("{ \"legal\": "u8);
            Text(rows, difference.Legal);
            rows.Layout(", \"illegal\": "u8);
            Text(rows, difference.Illegal);
            if (difference.Smallest is { } set)
            {
                using MemoryStream document = new();
                SessionSetWriter.Write(document, set);
                rows.Layout(",\n      \"set\": "u8);
                rows.Layout(document.ToArray().AsSpan().TrimEnd((byte)'\n'));
            }

            rows.Layout(" }"u8);
            rows.NeedComma();
        }

        rows.Layout(differences.IsEmpty ? "]\n}\n"u8 : "\n  ]\n}\n"u8);
        rows.Flush();
    }

    private static void Text(RowWriter rows, string text)
    {
        rows.Json.WriteStringValue(text);
        rows.End();
    }

    private static void Number(RowWriter rows, int number)
    {
        rows.Json.WriteNumberValue(number);
        rows.End();
    }
}
