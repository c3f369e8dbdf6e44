namespace GraphOrder.LiveUpdate;

/// <summary>What preserves files of one kind (struct liveupdate_file_handler). Errors are data.</summary>
internal abstract class FileHandler(ObjectKind kind)
{
    public ObjectKind Kind { get; } = kind;

    /// <summary>Whether it takes this file.</summary>
    public abstract bool CanPreserve(OpenFile file);

    /// <summary>What may be preserved once only; the open file unless the handler says otherwise.</summary>
    public virtual object Identity(OpenFile file) => file;

    /// <summary>Preserves <see cref="PreservedFile.File"/>, which is not in the session's list yet.</summary>
    public abstract Errno Preserve(FileCall call);

    /// <summary>Just before the jump.</summary>
    public virtual Errno Freeze(FileCall call) => Errno.None;

    /// <summary>The jump did not come.</summary>
    public virtual void Unfreeze(FileCall call)
    {
    }

    /// <summary>The session was closed before a jump.</summary>
    public virtual void Unpreserve(FileCall call)
    {
    }

    /// <summary>
    /// In the next kernel: makes the file again. What comes back is not held by anybody yet; null with an
    /// error.
    /// </summary>
    public abstract OpenFile? Retrieve(FileCall call, out Errno error);

    /// <summary>Whether its session may finish.</summary>
    public virtual bool CanFinish(FileCall call) => true;

    /// <summary>Its session finishes, whether it was retrieved or not.</summary>
    public virtual void Finish(FileCall call)
    {
    }
}
