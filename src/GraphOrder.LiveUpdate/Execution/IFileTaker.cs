namespace GraphOrder.LiveUpdate;

/// <summary>Takes what was retrieved, and outlives the process that retrieves it.</summary>
public interface IFileTaker
{
    /// <summary>Takes a copy of a descriptor.</summary>
    /// <param name="id">The file's id in the set.</param>
    /// <param name="session">The session's name.</param>
    /// <param name="token">Its token there.</param>
    /// <param name="descriptor">The descriptor in this process.</param>
    /// <returns>Null where it was taken, else why it was not.</returns>
    string? Take(string id, string session, ulong token, int descriptor);
}
