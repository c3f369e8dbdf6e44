using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>
/// Hands what a walk finds to those who judge it: rows where areas say what should be there, runs where the
/// owners alone are asked for. Faults are none of its business.
/// </summary>
internal readonly struct MappingSink(OwnerJudge owners, AreaJudge? areas) : ILeafSink
{
    /// <inheritdoc/>
    public void OnRow(in LeafRow row)
    {
        if (areas is not null)
        {
            areas.Judge(row);
        }
        else if (row.SizeLg2 > OwnerMap.FrameLg2)
        {
            owners.JudgeSpans(row);
        }
    }

    /// <inheritdoc/>
    public void OnRun(in LeafRun run)
    {
        if (areas is null)
        {
            owners.Attribute(run);
        }
    }

    /// <inheritdoc/>
    public void OnRuns(in LeafRuns runs)
    {
        if (areas is null && runs.SizeLg2 == OwnerMap.FrameLg2)
        {
            owners.Attribute(runs);
        }
        else
        {
            MappingSink self = this;
            runs.Tell(ref self);
        }
    }

    /// <inheritdoc/>
    public void OnFault(in PageTableFault fault)
    {
    }
}
