namespace GraphOrder.LiveUpdate;

/// <summary>A session of the simulated kernel.</summary>
internal sealed class SimulatedSession(string key, string name, bool isIncoming)
{
    /// <summary>Its name, a char for each byte: names are compared by bytes.</summary>
    public string Key { get; } = key;

    /// <summary>Its name as people read it.</summary>
    public string Name { get; } = name;

    /// <summary>Whether the kernel before handed it over.</summary>
    public bool IsIncoming { get; } = isIncoming;

    /// <summary>Whether somebody has or had a descriptor of it; an incoming one has none at first.</summary>
    public bool IsRetrieved { get; set; }

    /// <summary>In the order in which they were preserved.</summary>
    public List<PreservedFile> Files { get; } = [];

    /// <summary>The file under a token; null where there is none.</summary>
    public PreservedFile? Find(ulong token)
    {
        foreach (PreservedFile file in Files)
        {
            if (file.Token == token)
            {
                return file;
            }
        }

        return null;
    }
}
