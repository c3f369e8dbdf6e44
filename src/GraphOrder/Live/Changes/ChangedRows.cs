namespace GraphOrder;

/// <summary>
/// The sessions and objects about which something may be another since somebody last looked, each once. What
/// was taken back stays noted.
/// </summary>
internal sealed class ChangedRows
{
    /// <summary>Rows of sessions, those that have left among them.</summary>
    public List<int> Sessions { get; } = [];

    /// <summary>Rows of objects, those that have left among them.</summary>
    public List<int> Objects { get; } = [];
}
