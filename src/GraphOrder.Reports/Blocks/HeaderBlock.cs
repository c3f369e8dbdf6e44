using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>The lines under the verdict: which set, which kernels, how much of it there is.</summary>
internal sealed class HeaderBlock
{
    private const int LabelColumn = 2;
    private const int TextColumn = 10;
    private const int DigestDigits = 16;

    private readonly ReportLines _lines;
    private readonly DependencyGraph _graph;

    public HeaderBlock(ReportLines lines, DependencyGraph graph)
    {
        _lines = lines;
        _graph = graph;
    }

    /// <summary>The set, by the name that the user gave it and the beginning of its digest.</summary>
    public void Set(string name, Digest digest) =>
        Line("set", $"{PlainText.Whole(name)}  {Shortened(digest)}");

    /// <summary>A line of any kind.</summary>
    public void Line(string label, string text) => _lines.Labelled(LabelColumn, label, TextColumn, text);

    /// <summary>Sessions, files, objects and dependencies.</summary>
    public void Counts(BindingPhases binding)
    {
        int files = 0;
        int acts = 0;
        foreach (PreservedObject found in _graph.Set.Objects)
        {
            files += found.IsFile ? 1 : 0;
            acts += found.Act is not null ? 1 : 0;
        }

        string sessions = Plural.Of(_graph.SessionCount, "session");
        string objects = Plural.Of(_graph.ObjectCount - acts, "object");
        objects += acts > 0 ? $", {Plural.Of(acts, "act")}" : "";
        string dependencies = Plural.Of(_graph.DependencyCount, "dependency", "dependencies");
        Line("counts", string.Create(
            CultureInfo.InvariantCulture,
            $"{sessions}, {Plural.Of(files, "file")}, {objects}, {dependencies} ({binding.SoftCount} soft)"));
    }

    /// <summary>What preserving costs in memory, where the set says how large its memfds are.</summary>
    /// <param name="run">The steps; null where the report does not show them.</param>
    public void Memory(RunSteps? run)
    {
        KernelMemoryCost cost = KernelMemoryCost.Of(_graph.Set);
        if (cost.Temporary > 0)
        {
            string bound = cost.IsWhole ? "" : "at least ";
            Line("memory", $"{bound}{Bytes.Of(cost.Temporary)} {WhileLargest(run)}; after that "
                + $"{Bytes.Of(cost.TablesLeast)} (2M folios) to {Bytes.Of(cost.TablesMost)} (4K)");
        }
    }

    // The steps that preserve the largest memfds: only one array of page pointers exists at a time.
    private string WhileLargest(RunSteps? run)
    {
        long largest = 0;
        List<int> steps = [];
        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            PreservedObject found = _graph[new ObjectId(i)];
            long bytes = found.Kind == ObjectKind.Memfd && found.IsFile ? found.Facts.Bytes ?? 0 : 0;
            if (bytes > largest)
            {
                largest = bytes;
                steps.Clear();
            }

            if (bytes > 0 && bytes == largest)
            {
                steps.Add(run?.Of(Phase.Preserve, new ObjectId(i)) ?? 0);
            }
        }

        steps.Sort();
        return run is not null && steps.Count <= 2
            ? $"during {string.Join(" and ", steps)}"
            : "while the largest memfds are preserved";
    }

    /// <summary>The digest with its first digits: enough to compare by eye.</summary>
    public static string Shortened(Digest digest) =>
        digest.ToString()[..(Digest.Prefix.Length + DigestDigits)] + "...";
}
