using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>
/// Writes elements. Whatever text is written is printable ASCII afterwards, so nothing that a name holds is
/// markup, or a character that XML forbids. Not thread-safe.
/// </summary>
internal sealed class SvgWriter
{
    private readonly TextWriter _output;

    public SvgWriter(TextWriter output) => _output = output;

    /// <summary>A length with at most two decimals.</summary>
    public static string Number(double value) =>
        Math.Round(value, 2, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Begins an element.</summary>
    public void Open(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(name, attributes);
        _output.Write(">\n");
    }

    /// <summary>Ends an element.</summary>
    public void Close(string name)
    {
        _output.Write("</");
        _output.Write(name);
        _output.Write(">\n");
    }

    /// <summary>An element that holds text.</summary>
    public void Element(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(name, attributes);
        _output.Write('>');
        Escape(text);
        Close(name);
    }

    /// <summary>A rectangle, with what is told where somebody points at it.</summary>
    public void Rect(SvgBox box, string kind, string? title = null) => Shape(
        "rect",
        title,
        ("class", kind),
        ("x", Number(box.X)),
        ("y", Number(box.Y)),
        ("width", Number(box.Width)),
        ("height", Number(box.Height)));

    /// <summary>A path.</summary>
    public void Path(string data, string kind, string? title = null) =>
        Shape("path", title, ("class", kind), ("d", data));

    /// <summary>A line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string kind) => Path(
        $"M{Number(x1)} {Number(y1)}L{Number(x2)} {Number(y2)}", kind);

    /// <summary>Text that begins at a place, or ends or has its middle there.</summary>
    /// <param name="x">The place.</param>
    /// <param name="y">The line on which the letters stand.</param>
    /// <param name="font">Its size.</param>
    /// <param name="text">The text.</param>
    /// <param name="kind">More classes; empty for none.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="title">What is told where somebody points at it; null for nothing.</param>
    public void Text(
        double x,
        double y,
        SvgFont font,
        string text,
        string kind = "",
        string anchor = "start",
        string? title = null)
    {
        string classes = kind.Length == 0 ? font.Class : $"{font.Class} {kind}";
        if (anchor == "start")
        {
            Begin("text", ("class", classes), ("x", Number(x)), ("y", Number(y)));
        }
        else
        {
            Begin("text", ("class", classes), ("x", Number(x)), ("y", Number(y)), ("text-anchor", anchor));
        }

        _output.Write('>');
        Escape(text);
        Titled(title);
        Close("text");
    }

    /// <summary>Style rules, as they are.</summary>
    public void Style(string rules)
    {
        _output.Write("<style>\n");
        _output.Write(rules);
        _output.Write("</style>\n");
    }

    private void Shape(
        string name, string? title, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(name, attributes);
        if (title is null)
        {
            _output.Write("/>\n");
            return;
        }

        _output.Write('>');
        Titled(title);
        Close(name);
    }

    private void Titled(string? title)
    {
        if (title is not null)
        {
            _output.Write("<title>");
            Escape(title);
            _output.Write("</title>");
        }
    }

    private void Begin(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _output.Write('<');
        _output.Write(name);
        foreach ((string attribute, string value) in attributes)
        {
            _output.Write(' ');
            _output.Write(attribute);
            _output.Write("=\"");
            Escape(value);
            _output.Write('"');
        }
    }

    private void Escape(string text)
    {
        foreach (char character in PlainText.Sentence(text))
        {
            switch (character)
            {
                case '<': _output.Write("&lt;"); break;
                case '>': _output.Write("&gt;"); break;
                case '&': _output.Write("&amp;"); break;
                case '"': _output.Write("&quot;"); break;
                default: _output.Write(character); break;
            }
        }
    }
}
