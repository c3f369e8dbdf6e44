namespace GraphOrder.LiveUpdate;

/// <summary>
/// The iommufd, as the iommu series of 2026 has it, second phase: page tables that were marked travel,
/// address spaces do not.
/// </summary>
internal sealed class IommufdHandler() : PlainHandler(ObjectKind.Iommufd)
{
    /// <summary>
    /// Every area under a marked table must map a file (EINVAL) that was sealed as it was mapped (EINVAL) and
    /// is preserved in this session already (ENOENT).
    /// </summary>
    public override Errno Preserve(FileCall call)
    {
        PostedObject iommufd = call.Inode.Posted!;
        foreach (SimulatedTable table in iommufd.Tables)
        {
            if (table.Mark is null)
            {
                continue;
            }

            foreach (SimulatedArea area in iommufd.Spaces[table.Space])
            {
                if (area.File is null || !area.WasSealed)
                {
                    return Errno.Invalid;
                }

                if (PostedHandlers.Find(call.Session, area.File) is null)
                {
                    return Errno.NoEntry;
                }
            }
        }

        return base.Preserve(call);
    }

    /// <summary>It was retrieved, each table was asked for, and no device is attached to one of
    /// them.</summary>
    public override bool CanFinish(FileCall call)
    {
        if (call.File.File is null)
        {
            return false;
        }

        foreach (SimulatedTable table in call.Inode.Posted!.Tables)
        {
            if (table.Mark is not null && (!table.IsReclaimed || table.Devices > 0))
            {
                return false;
            }
        }

        return true;
    }

    public override void Finish(FileCall call)
    {
        if (call.File.File is not null)
        {
            call.Inode.Posted!.Tables.ForEach(table => table.Mark = null);
        }
    }

    protected override PostedRecord Record(FileCall call, PostedObject posted)
    {
        PostedRecord record = new(posted.Name);
        foreach (SimulatedTable table in posted.Tables)
        {
            if (table.Mark is ulong mark)
            {
                record.Marks.Add(mark);
            }
        }

        return record;
    }

    protected override void Restore(PostedObject posted, PostedRecord record)
    {
        foreach (ulong mark in record.Marks)
        {
            posted.Tables.Add(new SimulatedTable(-1) { Mark = mark });
        }
    }
}
