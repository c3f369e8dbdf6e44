using System.Collections.Immutable;
using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>One line a model: order, kernel, windows and bookkeeping, and what the columns mean.</summary>
internal static class ModelTable
{
    private const int OrderColumn = 16;
    private const int KernelColumn = 31;
    private const int HeldColumn = 48;
    private const int ExposedColumn = 55;
    private const int BooksColumn = 69;
    private const int Room = 80;
    private const int LabelColumn = 2;
    private const int TextColumn = 11;

    public static void Write(ReportLines lines, Comparison comparison)
    {
        ReportTable table = new(
            lines,
            Room,
            new Cell(0, "MODEL"),
            new Cell(OrderColumn, "ORDER"),
            new Cell(KernelColumn, "KERNEL"),
            new Cell(HeldColumn, "HELD"),
            new Cell(ExposedColumn, "EXPOSED"),
            new Cell(BooksColumn, "BOOKS"));
        table.Header();
        foreach (ModelComparison row in comparison.Models)
        {
            table.Row(
                row.Model,
                row.IsLegal ? "legal" : $"none {Codes([.. row.Errors.Select(static error => error.Code)])}",
                row.IsAccepted ? "accepts" : $"refuses {Codes(row.Refusals)}",
                row.IsLegal && comparison.MemfdCount > 0 ? Number(LongestHeld(row)) : "-",
                Exposed(row, comparison.MemfdCount),
                Bytes.Of(row.Bookkeeping.ByteCount));
        }

        lines.Blank();
        lines.Labelled(LabelColumn, "held", TextColumn, "other objects preserved after a memfd and finished "
            + "before it or with it: the most of any memfd");
        lines.Labelled(LabelColumn, "exposed", TextColumn, "memfds whose pages can be given away while a "
            + "device may write to them");
        lines.Labelled(LabelColumn, "books", TextColumn, "what must be remembered for finish, beside the "
            + $"kernel's own lists ({Bytes.Of(comparison.ListByteCount)} in whole pages)");
    }

    private static string Exposed(ModelComparison row, int memfdCount) => !row.IsLegal ? "-"
        : row.IsSafe ? "none: safe"
        : $"{Number(row.ExposedCount)} of {Number(memfdCount)}";

    // The first code and how many others there are.
    private static string Codes(ImmutableArray<DiagnosticCode> codes)
    {
        int others = codes.Distinct().Count() - 1;
        return codes[0].Text() + (others == 0 ? "" : $"+{Number(others)}");
    }

    private static long LongestHeld(ModelComparison row) =>
        row.Memfds.Max(static window => window.HeldObjectCount);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
