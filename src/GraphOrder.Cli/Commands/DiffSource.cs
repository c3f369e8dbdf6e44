using GraphOrder.Mappings;

namespace GraphOrder.Cli;

/// <summary>One of the two things that <c>diff</c> compares, as the user named it.</summary>
/// <param name="Name">A path, or <c>-</c>.</param>
/// <param name="Side">The plan, and what is known of its set.</param>
/// <param name="SetName">Its set as the user named it; null where none is there.</param>
internal sealed record DiffSource(string Name, PlanSide Side, string? SetName)
{
    private const int HeadBytes = 1 << 16;

    /// <summary>Reads a plan or a refusal, or plans a set.</summary>
    public static DiffSource Read(string path, KernelPair? kernels, CancellationToken cancellation)
    {
        using Stream stream = Rewindable(path);
        if (!IsSet(stream))
        {
            PlanResult found = PlanReader.Read(stream, InputFile.NameOf(path), cancellation);
            return new DiffSource(path, PlanSide.Of(found, kernels: kernels), null);
        }

        SessionSet read = SessionSet.Read(stream, InputFile.NameOf(path), cancellation);
        SessionSet set = read.With(
            new PageTableSource(SetArguments.FolderOf(path)).Walk(read, cancellation), acceptsMapped: false);
        KernelPair used = kernels ?? KernelPair.Of(set.Host);
        DependencyGraph graph = DependencyGraph.Of(set);
        PlanResult planned = Planner.Plan(graph, used, null, cancellation);
        return new DiffSource(path, new PlanSide(planned) { Graph = graph, Kernels = used }, path);
    }

    /// <summary>The same with the set that it was made for.</summary>
    public DiffSource With(SessionSet set, string setName, KernelPair? kernels) =>
        this with { Side = PlanSide.Of(Side.Result, set, kernels ?? Side.Kernels), SetName = setName };

    // What cannot be read twice is kept.
    private static Stream Rewindable(string path)
    {
        Stream stream = InputFile.Open(path);
        if (stream.CanSeek)
        {
            return stream;
        }

        using (stream)
        {
            MemoryStream kept = new();
            stream.CopyTo(kept);
            kept.Position = 0;
            return kept;
        }
    }

    // Every document of the contract says what it is in its first member.
    private static bool IsSet(Stream stream)
    {
        byte[] head = new byte[HeadBytes];
        int length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> rest = head.AsSpan(0, length);
        stream.Position = 0;
        ReadOnlySpan<byte> name = "\"schema\""u8;
        int at = rest.IndexOf(name);
        if (at < 0)
        {
            return false;
        }

        rest = rest[(at + name.Length)..].TrimStart(" \t\r\n:"u8);
        return rest.StartsWith("\"graphorder/session-set/"u8);
    }
}
