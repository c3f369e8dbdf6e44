namespace GraphOrder;

/// <summary>
/// Reads <c>graphorder/state/1</c>: how far a host came with a set. One pass, with memory for what the state
/// names; all problems are reported at once, each with its place.
/// </summary>
public static class HostStateReader
{
    /// <summary>The schema that is read.</summary>
    public const string Schema = "graphorder/state/1";

    private static readonly DocumentForm<PendingState> Form = new(
        Schema, ["schema", "kernel", "sessions", "objects"], ReadMember);

    private static readonly MemberNames Session = new("name", "state", "process");

    private static readonly MemberNames File = new("id", "state");

    /// <summary>Reads a state.</summary>
    /// <param name="utf8">The document; it is read to its end and not disposed of.</param>
    /// <param name="set">The set whose sessions and files it names.</param>
    /// <param name="sourceName">What messages call it.</param>
    /// <param name="limits">What is taken at most; null for the usual limits.</param>
    /// <param name="cancellation">Checked for each buffer.</param>
    /// <exception cref="MalformedDocumentException">
    /// It is not such a document, or not of this set; all problems are in it.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static HostState Read(
        Stream utf8,
        SessionSet set,
        string? sourceName = null,
        ReaderLimits? limits = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(set);
        PendingState pending = new();
        return Form.Read(
            utf8, sourceName, limits, pending, problems => pending.Resolve(set, problems), cancellation);
    }

    private static void ReadMember(ref DocumentReader reader, PendingState pending, int member)
    {
        switch (member)
        {
            case 1: ReadKernel(ref reader, pending); break;
            case 2: ReadEntries(ref reader, Session, "a session", "sessions", pending.Sessions); break;
            default: ReadEntries(ref reader, File, "an object", "objects", pending.Files); break;
        }
    }

    private static void ReadKernel(ref DocumentReader reader, PendingState pending)
    {
        string? kernel = reader.Text();
        pending.IsOldKernel = kernel == "old";
        if (kernel is not (null or "old" or "new"))
        {
            reader.WrongValue(kernel, "old, new", Similarity.Nearest(kernel, ["old", "new"]));
        }
    }

    private static void ReadEntries(
        ref DocumentReader reader,
        MemberNames members,
        string what,
        string listName,
        List<StateEntry> entries)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            reader.DemandRoom(entries.Count, listName);
            if (!reader.TryEnterObject())
            {
                continue;
            }

            StateEntry entry = new() { Location = reader.Location };
            ulong seen = 0;
            while (reader.NextMember(members, ref seen, out int member))
            {
                switch (member)
                {
                    case 0:
                        entry.NameLocation = reader.Location;
                        entry.Name = reader.Text();
                        break;
                    case 1:
                        entry.StateLocation = reader.Location;
                        entry.State = reader.Text();
                        break;
                    default: entry.Process = (int?)reader.Integer(min: 1, max: int.MaxValue); break;
                }
            }

            reader.Demand(members, 2, seen, entry.Location, what);
            entries.Add(entry);
        }
    }
}
