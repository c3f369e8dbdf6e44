namespace GraphOrder.LiveUpdate;

/// <summary>The handlers of the posted series, by kind.</summary>
internal static class PostedHandlers
{
    /// <summary>The handler of a kind; of one that no series has, a handler that takes every file.</summary>
    public static FileHandler Of(ObjectKind kind) =>
        kind == ObjectKind.Iommufd ? new IommufdHandler()
        : kind == ObjectKind.VfioDevice ? new VfioHandler()
        : kind == ObjectKind.GuestMemfd ? new GuestMemfdHandler()
        : kind == ObjectKind.KvmVcpu ? new ProcessorHandler()
        : new PlainHandler(kind);

    /// <summary>The file of this session that preserves an object; null where none does.</summary>
    public static PreservedFile? Find(SimulatedSession session, OpenFile wanted)
    {
        foreach (PreservedFile file in session.Files)
        {
            if (file.File is OpenFile open
                && ReferenceEquals(file.Handler.Identity(open), file.Handler.Identity(wanted)))
            {
                return file;
            }
        }

        return null;
    }
}
