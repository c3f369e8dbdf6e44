namespace GraphOrder.Reports;

/// <summary>One row: an object, objects that are alike, or what is left of a session.</summary>
internal sealed record TimelineRow
{
    /// <summary>What it is called, printable.</summary>
    public required string Label { get; init; }

    /// <summary>Its kind and what else is short.</summary>
    public string Detail { get; init; } = "";

    /// <summary>All that is known of it.</summary>
    public required string Title { get; init; }

    /// <summary>The objects; empty where sessions, or everything, move at once.</summary>
    public IReadOnlyList<ObjectId> Members { get; init; } = [];

    /// <summary>The sessions whose own steps it shows; empty for a row of objects.</summary>
    public IReadOnlyList<SessionId> Sessions { get; init; } = [];

    /// <summary>Whether the bars of the first of many are drawn by themselves.</summary>
    public bool ShowsFirst { get; init; } = true;

    /// <summary>Whether it is about everything at once.</summary>
    public bool IsEverything { get; init; }

    /// <summary>How many objects and acts it stands for, those that travel in others too.</summary>
    public int ObjectCount { get; init; }
}
