using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>What a text report is told beside the facts it shows. Immutable.</summary>
public sealed record TextReportOptions
{
    /// <summary>The narrowest a report gets, in columns.</summary>
    public const int WidthMin = 40;

    /// <summary>How wide a report is where nothing else is said, in columns.</summary>
    public const int WidthUsual = 80;

    private readonly int _width = WidthUsual;

    /// <summary>The set as the user named it: a path, or <c>-</c>. Commands repeat it.</summary>
    public required string SetName { get; init; }

    /// <summary>The plan document as the user named it; null where there is none.</summary>
    public string? PlanName { get; init; }

    /// <summary>
    /// Options that the user gave and that a command must repeat to ask the same: their words in order. Of a
    /// plan that is checked no <c>--waive</c>: the plan itself says what it waives.
    /// </summary>
    public ImmutableArray<string> Repeated { get; init; } = [];

    /// <summary>The same as words of a shell.</summary>
    internal string[] RepeatedWords => [.. Repeated.Select(ShellWord.Of)];

    /// <summary>Whether the verdict words are coloured with ANSI sequences; nothing else ever is.</summary>
    public bool Colour { get; init; }

    /// <summary>
    /// Greatest number of columns. Only a word of a command that is longer than this is cut, where a shell
    /// joins it again.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than <see cref="WidthMin"/>.</exception>
    public int Width
    {
        get => _width;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, WidthMin);
            _width = value;
        }
    }

    /// <summary>
    /// Whether the question is if both kernels accept the set, not only in which order it may run.
    /// </summary>
    public bool IsCheck { get; init; }

    /// <summary>
    /// Up to this many steps each stands on a line of its own; beyond it equal sessions fold.
    /// </summary>
    public int UnfoldedStepsMax { get; init; } = 60;
}
