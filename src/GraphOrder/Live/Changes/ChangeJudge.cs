namespace GraphOrder;

/// <summary>
/// Brings the orders after the rows of an open change, or finds that there is none: first all leaves that
/// leaves, then all comes that comes, so that only the whole is judged. A row that came and left in one
/// change was never there. Not thread-safe.
/// </summary>
internal sealed class ChangeJudge(LiveRows rows, LiveOrders orders)
{
    /// <summary>Takes from the orders what the change removes, and gives them what it adds.</summary>
    /// <returns>Whether they took all of it; else <see cref="Withdraw"/> is to follow.</returns>
    public bool TryApply(List<ChangeStep> steps)
    {
        orders.Uses.ForgetRefused();
        foreach (ChangeStep step in steps)
        {
            LiftOld(step);
        }

        foreach (ChangeStep step in steps)
        {
            LeaveOld(step);
            EnterNew(step);
        }

        foreach (ChangeStep step in steps)
        {
            Place(step);
        }

        foreach (ChangeStep step in steps)
        {
            if (IsNewDependency(step))
            {
                orders.Add(step.Row);
            }
        }

        return !orders.Uses.HasRefused;
    }

    /// <summary>Takes from the orders what the change has added; the rows are still as it wants
    /// them.</summary>
    public void Withdraw(List<ChangeStep> steps)
    {
        foreach (ChangeStep step in steps)
        {
            if (IsNewDependency(step))
            {
                orders.Remove(step.Row);
            }
        }

        foreach (ChangeStep step in steps)
        {
            LiftNew(step);
        }

        foreach (ChangeStep step in steps)
        {
            LeaveNew(step);
        }
    }

    /// <summary>Gives back to the orders what the change had removed; the rows are as they were.</summary>
    public void Restore(List<ChangeStep> steps)
    {
        orders.Uses.ForgetRefused();
        foreach (ChangeStep step in steps)
        {
            EnterOld(step);
        }

        foreach (ChangeStep step in steps)
        {
            PlaceOld(step);
        }

        foreach (ChangeStep step in steps)
        {
            if (IsOldDependency(step))
            {
                orders.Add(step.Row);
            }
        }

        Invariant.Require(!orders.Uses.HasRefused, "what was legal stays so");
    }

    private bool IsNewDependency(in ChangeStep step) =>
        step.Act == ChangeAct.AddDependency && rows.Dependency(step.Row).IsThere;

    private bool IsOldDependency(in ChangeStep step) =>
        step.Act == ChangeAct.RemoveDependency && !rows.Dependency(step.Row).IsNew;

    private bool IsOldObject(in ChangeStep step) => !rows.Object(step.Row).IsNew;

    private bool IsOldSession(in ChangeStep step) => !rows.Session(step.Row).IsNew;

    // What leaves, and what is to be placed anew.
    private void LiftOld(in ChangeStep step)
    {
        switch (step.Act)
        {
            case ChangeAct.RemoveDependency when IsOldDependency(step):
                orders.Remove(step.Row);
                break;
            case ChangeAct.RemoveObject when IsOldObject(step):
                orders.LiftObject(step.Row);
                break;
            case ChangeAct.RemoveSession or ChangeAct.Create or ChangeAct.MoveUp when IsOldSession(step):
                orders.LiftSession(step.Row);
                break;
            case ChangeAct.Preserve when IsOldObject(step):
                LiftFile(step.Row);
                break;
        }
    }

    private void LeaveOld(in ChangeStep step)
    {
        if (step.Act == ChangeAct.RemoveObject && IsOldObject(step))
        {
            orders.LeaveObject(step.Row);
        }
        else if (step.Act == ChangeAct.RemoveSession && IsOldSession(step))
        {
            orders.LeaveSession(step.Row);
        }
    }

    private void EnterOld(in ChangeStep step)
    {
        if (step.Act == ChangeAct.RemoveObject && IsOldObject(step))
        {
            orders.EnterObject(step.Row);
        }
        else if (step.Act == ChangeAct.RemoveSession && IsOldSession(step))
        {
            orders.EnterSession(step.Row);
        }
    }

    private void EnterNew(in ChangeStep step)
    {
        if (step.Act == ChangeAct.AddObject && rows.Object(step.Row).IsThere)
        {
            orders.EnterObject(step.Row);
        }
        else if (step.Act == ChangeAct.AddSession && rows.Session(step.Row).IsThere)
        {
            orders.EnterSession(step.Row);
        }
    }

    private void LeaveNew(in ChangeStep step)
    {
        if (step.Act == ChangeAct.AddObject && rows.Object(step.Row).IsThere)
        {
            orders.LeaveObject(step.Row);
        }
        else if (step.Act == ChangeAct.AddSession && rows.Session(step.Row).IsThere)
        {
            orders.LeaveSession(step.Row);
        }
    }

    private void Place(in ChangeStep step)
    {
        switch (step.Act)
        {
            case ChangeAct.AddSession when rows.Session(step.Row).IsThere:
                orders.PlaceSession(step.Row);
                break;
            case ChangeAct.Create or ChangeAct.MoveUp
                when IsOldSession(step) && rows.Session(step.Row).IsThere:
                orders.PlaceSession(step.Row);
                break;
            case ChangeAct.AddObject when rows.Object(step.Row).IsThere:
                orders.PlaceObject(step.Row);
                break;
            case ChangeAct.Preserve when IsOldObject(step) && rows.Object(step.Row).IsThere:
                PlaceFile(step.Row);
                break;
        }
    }

    private void PlaceOld(in ChangeStep step)
    {
        switch (step.Act)
        {
            case ChangeAct.RemoveSession or ChangeAct.Create or ChangeAct.MoveUp when IsOldSession(step):
                orders.PlaceSession(step.Row);
                break;
            case ChangeAct.RemoveObject when IsOldObject(step):
                orders.PlaceObject(step.Row);
                break;
            case ChangeAct.Preserve when IsOldObject(step):
                PlaceFile(step.Row);
                break;
        }
    }

    private void LiftNew(in ChangeStep step)
    {
        switch (step.Act)
        {
            case ChangeAct.AddObject:
                orders.LiftObject(step.Row);
                break;
            case ChangeAct.AddSession or ChangeAct.Create or ChangeAct.MoveUp:
                orders.LiftSession(step.Row);
                break;
            case ChangeAct.Preserve:
                LiftFile(step.Row);
                break;
        }
    }

    private void LiftFile(int file)
    {
        orders.LiftObject(file);
        for (int row = rows.Object(file).Carried.FirstRow; row >= 0; row = rows.NextSibling(row))
        {
            orders.LiftObject(row);
        }
    }

    // What it carries and is new is placed by itself.
    private void PlaceFile(int file)
    {
        orders.PlaceObject(file);
        for (int row = rows.Object(file).Carried.FirstRow; row >= 0; row = rows.NextSibling(row))
        {
            if (!rows.Object(row).IsNew)
            {
                orders.PlaceObject(row);
            }
        }
    }
}
