using GraphOrder.PageTables;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary>Plans an image of tables in the format that the user names, and writes it.</summary>
internal sealed class TableImageRequest(
    PageTableFormat format, TableImageOptions options, string output, string? folios,
    CancellationToken cancellation)
    : IFormatVisitor<bool>
{
    private const string StandardOutput = "-";

    /// <summary>Writes the image, and then how it is walked.</summary>
    public void Write() => format.Accept(this);

    /// <inheritdoc/>
    bool IFormatVisitor<bool>.Visit<TFormat>()
    {
        if (!TableImage<TFormat>.TryPlan(options, out TableImage<TFormat>? image, out TableImageFlaw flaw))
        {
            throw Refusal<TFormat>(format, options, flaw);
        }

        OutputFile.Write(output, stream => image.Write(stream, cancellation));
        if (folios is not null)
        {
            OutputFile.Write(folios, stream => image.WriteFolios(stream, cancellation));
        }

        using StringWriter text = new() { NewLine = "\n" };
        Describe(new ReportLines(text, CommandConsole.Columns()), image);
        if (output == StandardOutput)
        {
            CommandConsole.WriteNotes(text.ToString());
        }
        else
        {
            OutputFile.Write(null, stream =>
            {
                using StreamWriter writer = SetArguments.Text(stream);
                writer.Write(text.ToString());
            });
        }

        return true;
    }

    private void Describe<TFormat>(ReportLines lines, TableImage<TFormat> image)
        where TFormat : struct, IPageTableFormat
    {
        string granule = format.Description.Granule;
        string[] granuleWords = granule.Length > 0 ? ["--granule", granule] : [];
        lines.Labelled(0, "WRITTEN", 9, $"{Bytes.Of((long)options.MappedBytes)} in leaves of "
            + $"{NumberText.PowerOfTwo(options.LeafLg2)}, {Plural.Of((long)image.Runs, "run")}: "
            + $"{Plural.Of((long)image.Tables, "table")}, {Bytes.Of((long)image.Bytes)}");
        lines.Command("WALK", 9,
        [
            "graph-order", "walk", output == StandardOutput ? "IMAGE" : ShellWord.Path(output),
            "--table", format.Description.Name, .. granuleWords,
            "--top-level", $"{image.TopLevel}", "--root", NumberText.Hex(image.Top),
        ]);
    }

    /// <summary>Why there is no such image, in one sentence.</summary>
    public static ToolException Refusal<TFormat>(
        PageTableFormat format, TableImageOptions options, TableImageFlaw flaw)
        where TFormat : struct, IPageTableFormat
    {
        string name = format.Description.Name;
        string leaf = NumberText.PowerOfTwo(options.LeafLg2);
        return ToolException.Usage(flaw switch
        {
            TableImageFlaw.NoSuchLeaf =>
                $"--leaf cannot be {leaf}: {name} has leaves of {string.Join(", ", Leaves<TFormat>())}.",
            TableImageFlaw.NotWhole =>
                $"--size must be a multiple of --leaf, {leaf}, and above zero; it is {options.MappedBytes}.",
            TableImageFlaw.NoSuchTopLevel =>
                $"--top-level cannot be {options.TopLevel}: {name} has no such root above leaves of {leaf}.",
            _ => $"--size {options.MappedBytes} does not fit under that root of {name}, or into 48 bits of "
                + "output address. Make it smaller, or give a higher --top-level.",
        });
    }

    // Of one entry each: an entry of a level stands for so many bytes.
    private static List<string> Leaves<TFormat>() where TFormat : struct, IPageTableFormat
    {
        List<string> leaves = [];
        for (int level = 0; level <= TFormat.LeafLevelMax; level++)
        {
            int item = TFormat.GranuleLg2 + (level * (TFormat.GranuleLg2 - 3));
            if (((TFormat.LeafSizes(level) >> item) & 1) != 0)
            {
                leaves.Add(NumberText.PowerOfTwo(item));
            }
        }

        return leaves;
    }
}
