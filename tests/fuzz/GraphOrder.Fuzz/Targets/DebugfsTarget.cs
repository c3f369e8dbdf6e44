using System.Text;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Fuzz;

/// <summary>What the Intel IOMMU driver prints: a zero byte ends a file, the next begins behind it.</summary>
internal sealed class DebugfsTarget() : FuzzTarget("vtd-debugfs", 1 << 13)
{
    private const string Folder = "vtd-48bit";

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds()
    {
        string[] lines = Encoding.UTF8.GetString(
            RepositoryFiles.Bytes("fixtures", Folder, "domain_translation_struct.txt")).Split('\n');
        byte[] tables = RepositoryFiles.Bytes("fixtures", Folder, "dmar_translation_struct.txt");
        byte[] registers = RepositoryFiles.Bytes("fixtures", Folder, "iommu_regset.txt");
        byte[] pages = Encoding.UTF8.GetBytes(string.Join('\n', lines.Take(12)) + "\n");
        yield return pages;
        yield return tables;
        yield return registers;
        yield return [.. pages, 0, .. tables, 0, .. registers];
    }

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        List<ImportSource> sources = [];
        foreach (Range part in input.Split((byte)0))
        {
            sources.Add(new($"file-{sources.Count}", new MemoryStream(input[part].ToArray())));
        }

        ImportTarget.Judge(VtdDebugfsImport.Read(sources));
    }
}
