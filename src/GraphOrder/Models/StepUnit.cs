namespace GraphOrder;

/// <summary>What moves as one in a phase.</summary>
public enum StepUnit : byte
{
    /// <summary>Each object by itself.</summary>
    Object,

    /// <summary>A file with all that it carries.</summary>
    File,

    /// <summary>A session with all its files.</summary>
    Session,

    /// <summary>Everything at once.</summary>
    Everything,
}
