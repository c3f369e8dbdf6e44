namespace GraphOrder;

/// <summary>One step of a phase, as a view into its plan.</summary>
public readonly struct PlanStep
{
    private readonly PhaseSteps _steps;

    internal PlanStep(PhaseSteps steps, int number)
    {
        _steps = steps;
        Number = number;
    }

    /// <summary>Its place in the phase, from 0 up.</summary>
    public int Number { get; }

    /// <summary>Steps of one wave do not depend on one another.</summary>
    public int Wave => _steps.Rows[Number].Wave;

    /// <summary>
    /// The id of the file or object that moves; null where a session or everything moves at once, and for
    /// an act.
    /// </summary>
    public string? ObjectName => _steps.Rows[Number] is { Object: >= 0, IsAct: false } row
        ? _steps.Names.Ids.Text(row.Object)
        : null;

    /// <summary>The id of the act that is done; null where something moves.</summary>
    public string? ActName => _steps.Rows[Number] is { Object: >= 0, IsAct: true } row
        ? _steps.Names.Ids.Text(row.Object)
        : null;

    /// <summary>The session in which it moves; null where everything moves at once.</summary>
    public SessionName? Session => _steps.Rows[Number].Session is var index and >= 0
        ? new SessionName(_steps.Names.Sessions.Text(index))
        : null;

    /// <summary>The token of a file; null where the step is none.</summary>
    public ulong? Token => _steps.Rows[Number].HasToken ? _steps.Rows[Number].Token : null;

    /// <summary>How many objects move inside it.</summary>
    public int CarriedCount => _steps.Rows[Number].CarriedCount;

    /// <summary>
    /// The id of an object that moves inside it; needed first or needing first, as the phase has it.
    /// </summary>
    public string CarriedName(int index)
    {
        PlanRow row = _steps.Rows[Number];
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
            (uint)index, (uint)row.CarriedCount, nameof(index));
        return _steps.Names.Ids.Text(_steps.Carried[row.FirstCarried + index]);
    }
}
