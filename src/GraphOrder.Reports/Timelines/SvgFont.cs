namespace GraphOrder.Reports;

/// <summary>
/// A size of text. All text is set in a fixed-width face of the system, so its width is known before anybody
/// draws it.
/// </summary>
/// <param name="Class">The class that sets it.</param>
/// <param name="Size">Its size in pixels.</param>
internal readonly record struct SvgFont(string Class, double Size)
{
    /// <summary>
    /// No fixed-width face that systems bring is wider: 0.55 (Consolas) to 0.618 (SF Mono) of its size.
    /// </summary>
    public const double Advance = 0.62;

    /// <summary>The verdict.</summary>
    public static SvgFont Title { get; } = new("h", 17);

    /// <summary>Names and sentences.</summary>
    public static SvgFont Body { get; } = new("b", 12);

    /// <summary>What stands at the axis and in bars.</summary>
    public static SvgFont Small { get; } = new("s", 10.5);

    /// <summary>How far apart lines stand.</summary>
    public double LineHeight => Math.Ceiling(Size * 1.4);

    /// <summary>The greatest width that a text of printable ASCII can have.</summary>
    public double WidthOf(string text) => text.Length * Size * Advance;

    /// <summary>How many characters fit.</summary>
    public int ColumnsIn(double width) => (int)(width / (Size * Advance));

    /// <summary>
    /// A name in at most so many characters: of a longer one both ends, with what was left out marked.
    /// </summary>
    public static string Elided(string name, int columns)
    {
        const string Mark = "...";
        if (name.Length <= columns)
        {
            return name;
        }

        int kept = columns - Mark.Length;
        return string.Concat(name.AsSpan(0, (kept + 1) / 2), Mark, name.AsSpan(name.Length - kept / 2));
    }
}
