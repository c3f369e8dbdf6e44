namespace GraphOrder.LiveUpdate;

/// <summary>A device of vfio-pci, as the vfio series of 2026 has it.</summary>
internal sealed class VfioHandler() : PlainHandler(ObjectKind.VfioDevice)
{
    /// <summary>
    /// No virtual function, bound, its table marked (EINVAL), its iommufd preserved in this session already
    /// (ENOENT).
    /// </summary>
    public override Errno Preserve(FileCall call)
    {
        PostedObject device = call.Inode.Posted!;
        if (device.IsVirtualFunction || device.Other is null || device.Table < 0
            || device.Other.Inode.Posted!.Tables[device.Table].Mark is null)
        {
            return Errno.Invalid;
        }

        return PostedHandlers.Find(call.Session, device.Other) is null ? Errno.NoEntry : base.Preserve(call);
    }

    /// <summary>Interrupts must be off; then the device is reset, and its file is dead for good.</summary>
    public override Errno Freeze(FileCall call)
    {
        if (call.Inode.Posted!.IsRunning)
        {
            return Errno.Invalid;
        }

        call.File.File!.IsDead = true;
        return Errno.None;
    }

    /// <summary>It was retrieved, and somebody still has it open.</summary>
    public override bool CanFinish(FileCall call) => call.File.File is { References: > 1 };
}
