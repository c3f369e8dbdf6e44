namespace GraphOrder.LiveUpdate;

/// <summary>
/// Guest memory of KVM, as the series of July 2026 has it: its machine is looked up at the freeze, and
/// fetched by its retrieve.
/// </summary>
internal sealed class GuestMemfdHandler() : PlainHandler(ObjectKind.GuestMemfd)
{
    public override Errno Freeze(FileCall call)
    {
        PostedObject memory = call.Inode.Posted!;
        PreservedFile? machine = memory.Other is null
            ? null
            : PostedHandlers.Find(call.Session, memory.Other);
        if (machine is null)
        {
            return Errno.NoEntry;
        }

        ((PostedRecord)call.File.Record!).Machine = machine.Token;
        return Errno.None;
    }

    public override OpenFile? Retrieve(FileCall call, out Errno error)
    {
        OpenFile? machine = call.Kernel.Incoming.RetrieveFile(
            call.Session, ((PostedRecord)call.File.Record!).Machine, out error);
        if (machine is null)
        {
            return null;
        }

        OpenFile memory = base.Retrieve(call, out error)!;
        memory.Inode.Posted!.Other = machine;
        machine.References++;
        return memory;
    }
}
