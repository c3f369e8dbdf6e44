namespace GraphOrder.LiveUpdate;

/// <summary>
/// The descriptors that a run works with, by what they are of; -1 where there is none. Not thread-safe.
/// </summary>
public sealed class UpdateDescriptors
{
    private readonly int[] _sessions;
    private readonly int[] _files;

    /// <summary>None yet, for a set.</summary>
    public UpdateDescriptors(SessionSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        _sessions = new int[set.Sessions.Length];
        _files = new int[set.Objects.Length];
        Array.Fill(_sessions, -1);
        Array.Fill(_files, -1);
    }

    /// <summary>The device; -1 where it is not open here, and sessions come from whoever owns it.</summary>
    public int Device { get; set; } = -1;

    /// <summary>The session in which the journal travels.</summary>
    public int Journal { get; set; } = -1;

    /// <summary>The descriptor of a session.</summary>
    public int this[SessionId session]
    {
        get => _sessions[session.Index];
        set => _sessions[session.Index] = value;
    }

    /// <summary>The descriptor of a file.</summary>
    public int this[ObjectId file]
    {
        get => _files[file.Index];
        set => _files[file.Index] = value;
    }
}
