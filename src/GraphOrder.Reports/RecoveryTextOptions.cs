using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>What a report on a recovery is told beside the facts it shows. Immutable.</summary>
public sealed record RecoveryTextOptions
{
    /// <summary>The set as the user named it; commands repeat it.</summary>
    public required string SetName { get; init; }

    /// <summary>The state as the user named it.</summary>
    public required string StateName { get; init; }

    /// <summary>The plan as the user named it; null where there is none.</summary>
    public string? PlanName { get; init; }

    /// <summary>
    /// The words of the command that goes on with the update whose journal told the state; empty where a
    /// state was given, and the same is asked again.
    /// </summary>
    public ImmutableArray<string> ResumeWords { get; init; } = [];

    /// <summary>The model as the user named it; null where it is the usual one.</summary>
    public string? ModelName { get; init; }

    /// <summary>What the user assumes to be quiet, as it was named.</summary>
    public ImmutableArray<string> AssumeQuiet { get; init; } = [];

    /// <summary>Whether the verdict word is coloured with ANSI sequences.</summary>
    public bool Colour { get; init; }

    /// <summary>Greatest number of columns.</summary>
    public int Width { get; init; } = TextReportOptions.WidthUsual;

    /// <summary>How many entries of one list are told; the rest is counted.</summary>
    public int EntriesMax { get; init; } = 12;
}
