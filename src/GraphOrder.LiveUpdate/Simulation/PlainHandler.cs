namespace GraphOrder.LiveUpdate;

/// <summary>A handler that asks for nothing: a KVM VM, and kinds that no series knows.</summary>
internal class PlainHandler(ObjectKind kind) : FileHandler(kind)
{
    public override bool CanPreserve(OpenFile file) => file.Inode.Posted?.Kind == Kind;

    public override object Identity(OpenFile file) => file.Inode;

    public override Errno Preserve(FileCall call)
    {
        PostedObject posted = call.Inode.Posted!;
        call.File.Record = Record(call, posted);
        posted.IsFrozen = true;
        return Errno.None;
    }

    public override void Unpreserve(FileCall call) => call.Inode.Posted!.IsFrozen = false;

    public override OpenFile? Retrieve(FileCall call, out Errno error)
    {
        error = Errno.None;
        PostedRecord record = (PostedRecord)call.File.Record!;
        PostedObject posted = new(Kind, record.Name);
        Restore(posted, record);
        SimulatedInode inode = call.Kernel.NewInode(posted);
        return OpenFile.Make(inode, OpenModes.ReadWrite, $"anon_inode:[{Kind.Name}]");
    }

    /// <summary>What is handed over.</summary>
    protected virtual PostedRecord Record(FileCall call, PostedObject posted) => new(posted.Name);

    /// <summary>What of it comes back.</summary>
    protected virtual void Restore(PostedObject posted, PostedRecord record)
    {
    }
}
