namespace GraphOrder;

/// <summary>
/// Writes <c>graphorder/verify/1</c>: <c>legal</c>, the <c>input</c> digest of the set, and
/// <c>diagnostics</c> as plans have them. Thread-safe.
/// </summary>
public static class VerifyWriter
{
    /// <summary>Writes a verdict in UTF-8 with line feeds; the stream stays open.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream utf8, SessionSet set, VerifyResult verdict)
    {
        ArgumentNullException.ThrowIfNull(set);
        Write(utf8, set.Digest, verdict);
    }

    /// <summary>Writes a verdict on a plan that was checked without its set.</summary>
    /// <param name="utf8">Where to; the stream stays open.</param>
    /// <param name="input">The digest that the plan names: nobody compared it.</param>
    /// <param name="verdict">The verdict.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream utf8, Digest input, VerifyResult verdict)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(verdict);
        using RowWriter rows = new(utf8);
        rows.Layout("{\n  \"schema\": \"graphorder/verify/1\",\n  \"legal\": "u8);
        rows.Layout(verdict.IsLegal ? "true"u8 : "false"u8);
        rows.Layout(",\n  \"input\": "u8);
        rows.Json.WriteStringValue(input.ToString());
        rows.End();
        rows.Layout(",\n  \"diagnostics\": ["u8);
        foreach (Diagnostic diagnostic in verdict.Diagnostics)
        {
            rows.BeginEntry("    "u8);
            DiagnosticWriter.Write(rows.Json, diagnostic);
            rows.End();
        }

        rows.Layout(verdict.Diagnostics.IsEmpty ? "]\n}\n"u8 : "\n  ]\n}\n"u8);
        rows.Flush();
    }
}
