using GraphOrder.PageTables;
using GraphOrder.PageTables.Tests;

namespace GraphOrder.Fuzz;

/// <summary>Two walks of one table must tell the same, faults in any order.</summary>
internal static class WalkComparison
{
    /// <summary>Compares them.</summary>
    /// <exception cref="FindingException">They differ.</exception>
    public static void Demand(
        RecordingSink found, WalkSummary foundSum, RecordingSink due, WalkSummary dueSum)
    {
        Same(found.Leaves, due.Leaves, "leaves");
        Same(found.Runs, due.Runs, "runs");
        Same(Sorted(found.Faults), Sorted(due.Faults), "faults");
        Same(Counts(foundSum), Counts(dueSum), "counts");
    }

    private static List<PageTableFault> Sorted(List<PageTableFault> faults) =>
    [
        .. faults.OrderBy(fault => fault.Kind).ThenBy(fault => fault.Iova).ThenBy(fault => fault.Level)
            .ThenBy(fault => fault.Index).ThenBy(fault => fault.Table),
    ];

    private static List<string> Counts(WalkSummary summary) =>
    [
        $"tables {summary.Tables}", $"skipped {summary.SkippedTables}", $"mapped {summary.MappedBytes}",
        $"errors {summary.Errors}",
        .. Enumerable.Range(0, 64).Select(size => $"leaves of 2^{size}: {summary.LeafCount(size)}"),
        .. PageTableFaultKinds.All.ToArray().Select(kind => $"{kind}: {summary.FaultCount(kind)}"),
    ];

    private static void Same<T>(List<T> found, List<T> due, string what)
    {
        for (int i = 0; i < Math.Max(found.Count, due.Count); i++)
        {
            string one = i < found.Count ? $"{found[i]}" : "nothing";
            string other = i < due.Count ? $"{due[i]}" : "nothing";
            if (one != other)
            {
                throw new FindingException($"{what} differ at {i}: {one}, and {other} is due");
            }
        }
    }
}
