using System.Buffers;
using System.Text;

namespace GraphOrder.Reports;

/// <summary>The parts of the page, put together. They lie in <c>Page</c>, each readable by itself.</summary>
internal static class RecorderPage
{
    // In the order in which they are read: a part uses only those in front of it.
    private static readonly string[] Scripts =
    [
        "elements", "lines", "model", "view", "details", "walk", "blackout", "overview", "steps", "board",
        "neighbourhood", "chains", "why", "difference", "differencetext", "compare", "journal", "search",
        "recorder",
    ];

    private static readonly Lazy<string> Script = new(static () =>
    {
        StringBuilder script = new("\n\"use strict\";\n");
        foreach (string name in Scripts)
        {
            script.Append(Part($"{name}.js"));
        }

        return script.ToString();
    });

    /// <summary>Writes the page.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="title">The name of the set, printable.</param>
    /// <param name="text">The report as text: what is seen where scripts do not run.</param>
    /// <param name="data">What it shows: JSON in which no &lt; stands.</param>
    public static void Write(TextWriter output, string title, string text, ReadOnlySequence<byte> data)
    {
        PageTemplate.Write(output, Part("recorder.html"), new Dictionary<string, Action<TextWriter>>
        {
            ["title"] = page => page.Write(System.Net.WebUtility.HtmlEncode(title)),
            ["text"] = page => page.Write(System.Net.WebUtility.HtmlEncode(text)),
            ["digest"] = static page => page.Write(PageTemplate.DigestOf(Script.Value)),
            ["style"] = static page => page.Write(Part("recorder.css")),
            ["data"] = page => WriteData(page, data),
            ["script"] = static page => page.Write(Script.Value),
        });
    }

    private static void WriteData(TextWriter output, ReadOnlySequence<byte> data)
    {
        foreach (ReadOnlyMemory<byte> piece in data)
        {
            output.Write(Encoding.ASCII.GetString(piece.Span));
        }
    }

    private static string Part(string name) => PageTemplate.Part("Recorder", name);
}
