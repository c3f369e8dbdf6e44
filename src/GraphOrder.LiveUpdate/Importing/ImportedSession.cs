namespace GraphOrder.LiveUpdate;

/// <summary>A session of a set in the making.</summary>
internal sealed class ImportedSession(string name)
{
    public string Name { get; } = name;

    /// <summary>Whether the kernel has it already.</summary>
    public bool IsCreated { get; init; }

    /// <summary>Whether it is known what the kernel has preserved in it.</summary>
    public bool KnowsPreserved { get; init; }

    /// <summary>The ids that the kernel has preserved, in its order.</summary>
    public List<string> Preserved { get; } = [];

    /// <summary>The acts that pause its guest and let it run again; empty where nobody says.</summary>
    public List<string> Blackout { get; } = [];

    /// <summary>Members of the importer's own; each name begins with <c>x-</c>.</summary>
    public List<DiagnosticFact> Extras { get; } = [];
}
