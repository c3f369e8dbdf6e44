namespace GraphOrder;

/// <summary>
/// Cycles that no named order sees: between what one file carries, where files move as one, and between what
/// the kernel moves by itself. Both are few, so they are searched: O(dependencies of the file, or of what the
/// kernel moves) for each that is added, in all phases at once. Not thread-safe.
/// </summary>
internal sealed class LocalCycles
{
    private readonly LiveRows _rows;
    private readonly PhaseSet _ordersFiles;
    private readonly PhaseSet _ordersKernelMoved;
    private readonly Dictionary<int, PhaseSet> _reached = [];
    private readonly Stack<(int Object, PhaseSet Phases)> _open = new();

    public LocalCycles(LiveRows rows, KernelPair kernels)
    {
        _rows = rows;
        foreach (Phase phase in Phases.All)
        {
            StepUnit unit = kernels[phase].Unit;
            _ordersFiles = unit is StepUnit.File or StepUnit.Object ? _ordersFiles.With(phase) : _ordersFiles;
            _ordersKernelMoved = unit != StepUnit.Everything
                ? _ordersKernelMoved.With(phase)
                : _ordersKernelMoved;
        }
    }

    /// <summary>Whether a dependency between two objects that live together closes no cycle there.</summary>
    public bool IsFree(in DependencyRow added)
    {
        if (added.Dependent.IsSession || added.On.IsSession || !AreTogether(added))
        {
            return true;
        }

        int goal = added.Dependent.ObjectId.Index;
        int file = _rows.FileOf(goal);
        PhaseSet ordered = added.Phases & (file < 0 ? _ordersKernelMoved : _ordersFiles);
        _reached.Clear();
        _open.Clear();
        Reach(added.On.ObjectId.Index, ordered);
        while (_open.TryPop(out (int Object, PhaseSet Phases) next))
        {
            int need = _rows.Object(next.Object).Needs.FirstRow;
            for (; need >= 0; need = _rows.NextNeed(need))
            {
                ref DependencyRow found = ref _rows.Dependency(need);
                PhaseSet phases = next.Phases & found.Phases;
                if (phases.IsEmpty || found.On.IsSession || !AreTogether(found))
                {
                    continue;
                }

                if (found.On.ObjectId.Index == goal)
                {
                    return false;
                }

                Reach(found.On.ObjectId.Index, phases);
            }
        }

        return true;
    }

    private bool AreTogether(in DependencyRow found)
    {
        int dependent = found.Dependent.ObjectId.Index;
        int on = found.On.ObjectId.Index;
        int file = _rows.FileOf(dependent);
        return file == _rows.FileOf(on)
            && (file >= 0 || (IsMovedByKernel(dependent) && IsMovedByKernel(on)));
    }

    private bool IsMovedByKernel(int row) => _rows.Object(row).Object.IsMovedByKernel;

    // Goes on from an object only in phases in which it has not been there.
    private void Reach(int row, PhaseSet phases)
    {
        _reached.TryGetValue(row, out PhaseSet known);
        PhaseSet isNew = phases - known;
        if (!isNew.IsEmpty)
        {
            _reached[row] = known | isNew;
            _open.Push((row, isNew));
        }
    }
}
