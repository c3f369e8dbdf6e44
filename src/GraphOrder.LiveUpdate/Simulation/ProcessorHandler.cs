namespace GraphOrder.LiveUpdate;

/// <summary>
/// A virtual processor of KVM, as the series of September 2026 has it: paused, and behind its machine in its
/// session. In the next kernel its machine must have been retrieved.
/// </summary>
internal sealed class ProcessorHandler() : PlainHandler(ObjectKind.KvmVcpu)
{
    public override Errno Preserve(FileCall call)
    {
        PostedObject processor = call.Inode.Posted!;
        if (processor.IsRunning)
        {
            return Errno.Busy;
        }

        return processor.Other is null || PostedHandlers.Find(call.Session, processor.Other) is null
            ? Errno.NoEntry
            : base.Preserve(call);
    }

    public override OpenFile? Retrieve(FileCall call, out Errno error)
    {
        PostedRecord record = (PostedRecord)call.File.Record!;
        if (call.Session.Find(record.Machine)?.File is not OpenFile machine)
        {
            error = Errno.NoEntry;
            return null;
        }

        OpenFile processor = base.Retrieve(call, out error)!;
        processor.Inode.Posted!.Other = machine;
        machine.References++;
        return processor;
    }

    protected override PostedRecord Record(FileCall call, PostedObject posted) => new(posted.Name)
    {
        Machine = PostedHandlers.Find(call.Session, posted.Other!)!.Token,
    };
}
