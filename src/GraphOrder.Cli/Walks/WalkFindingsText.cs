using System.Collections.Immutable;
using System.Globalization;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary>What a table maps against its set, for people: owners, and one block for what differs.</summary>
internal static class WalkFindingsText
{
    private const int ShownOfCodeMax = 10;

    /// <summary>Whose memory is mapped.</summary>
    public static void WriteOwners(ReportLines lines, SessionSet set, ImmutableArray<MappedOwner> owners)
    {
        lines.Blank();
        if (owners.IsEmpty)
        {
            lines.Labelled(0, "OWNERS", 8, "none");
            return;
        }

        lines.Cells(
            [new(0, "OWNERS"), new(8, "first IOVA"), new(28, "bytes"), new(43, "access"), new(51, "object")]);
        foreach (MappedOwner owner in owners)
        {
            lines.Cells(
            [
                new(8, NumberText.Hex(owner.FirstIova)),
                new(28, owner.Bytes.ToString(CultureInfo.InvariantCulture)),
                new(43, AccessWord(owner.Access)),
                new(51, Printable.Of(set.NameOf(owner.Memfd))),
            ]);
        }
    }

    /// <summary>What was found, one entry a code; nothing where there is nothing.</summary>
    public static void Write(ReportLines lines, string title, ImmutableArray<Diagnostic> findings)
    {
        if (findings.IsEmpty)
        {
            return;
        }

        lines.Blank();
        lines.Wrapped(0, title);
        foreach (IGrouping<DiagnosticCode, Diagnostic> found in findings.GroupBy(static each => each.Code))
        {
            Diagnostic[] all = [.. found];
            lines.Labelled(2, found.Key.Text(), 10, DiagnosticCatalogue.Find(found.Key)!.Title);
            foreach (Diagnostic diagnostic in all.Take(ShownOfCodeMax))
            {
                lines.Labelled(
                    4, DiagnosticWriter.SeverityName(diagnostic.Severity), 12,
                    Printable.Of(DiagnosticSentences.Sentence(diagnostic)));
            }

            if (all.Length > ShownOfCodeMax)
            {
                lines.Wrapped(12, $"and {all.Length - ShownOfCodeMax} more");
            }

            if (DiagnosticSentences.WayOut(all[0]) is { Length: > 0 } wayOut)
            {
                lines.Labelled(4, "way out", 12, Printable.Of(wayOut));
            }
        }
    }

    private static string AccessWord(Access access) => access switch
    {
        Access.Read => "r",
        Access.Write => "w",
        Access.ReadWrite => "rw",
        _ => "x",
    };
}
