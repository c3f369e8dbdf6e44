namespace GraphOrder.Reports;

/// <summary>What a report on a difference is told beside it. Immutable.</summary>
public sealed record DiffTextOptions
{
    private readonly int _width = 80;

    /// <summary>The first plan as the user named it: a path, or <c>-</c>.</summary>
    public required string FirstName { get; init; }

    /// <summary>The second plan as the user named it.</summary>
    public required string SecondName { get; init; }

    /// <summary>
    /// The set of the first plan as the user named it; null where there is none, or a certificate alone.
    /// </summary>
    public string? FirstSetName { get; init; }

    /// <summary>The set of the second plan as the user named it.</summary>
    public string? SecondSetName { get; init; }

    /// <summary>Whether the verdict words are coloured with ANSI sequences; nothing else ever is.</summary>
    public bool Colour { get; init; }

    /// <summary>Greatest number of columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Less than <see cref="TextReportOptions.WidthMin"/>.
    /// </exception>
    public int Width
    {
        get => _width;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TextReportOptions.WidthMin);
            _width = value;
        }
    }
}
