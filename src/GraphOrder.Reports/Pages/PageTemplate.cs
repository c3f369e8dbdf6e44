using System.Security.Cryptography;
using System.Text;

namespace GraphOrder.Reports;

/// <summary>
/// A page that is one file: its parts lie beside the code, and <c>%%name%%</c> in its HTML stands for what is
/// put there. Thread-safe.
/// </summary>
internal static class PageTemplate
{
    private const string Mark = "%%";

    /// <summary>A part as it lies there.</summary>
    /// <param name="page">The page: <c>Recorder</c>.</param>
    /// <param name="name">The name of the part's file.</param>
    public static string Part(string page, string name)
    {
        using Stream stream = typeof(PageTemplate).Assembly.GetManifestResourceStream($"{page}/{name}")!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>By what a content security policy knows a script.</summary>
    public static string DigestOf(string script) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));

    /// <summary>Writes a page.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="html">The HTML.</param>
    /// <param name="fillings">What writes what stands for a name.</param>
    public static void Write(
        TextWriter output, string html, IReadOnlyDictionary<string, Action<TextWriter>> fillings)
    {
        foreach (string piece in html.Split(Mark))
        {
            if (fillings.TryGetValue(piece, out Action<TextWriter>? fill))
            {
                fill(output);
            }
            else
            {
                output.Write(piece);
            }
        }
    }
}
