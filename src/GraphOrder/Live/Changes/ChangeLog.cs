namespace GraphOrder;

/// <summary>
/// The open change of a live graph: changes rows at once, remembers each step, and takes all of it back where
/// it is told to. Not thread-safe.
/// </summary>
internal sealed class ChangeLog(LiveRows rows)
{
    private readonly List<ChangeStep> _steps = [];
    private readonly Dictionary<(int Ioas, int File), int> _mapped = [];

    /// <summary>The steps so far.</summary>
    public List<ChangeStep> Steps => _steps;

    /// <summary>Whether any of them could make a legal graph illegal; what leaves cannot.</summary>
    public bool HasAdded => _steps.Exists(static step =>
        step.Act is ChangeAct.AddSession or ChangeAct.AddObject or ChangeAct.AddDependency
            or ChangeAct.Create or ChangeAct.Preserve);

    public int AddSession(ReadOnlySpan<byte> name)
    {
        int row = rows.AddSession(name);
        _steps.Add(new(ChangeAct.AddSession, row));
        return row;
    }

    /// <summary>Removes a session with all that is in it.</summary>
    public void RemoveSession(int row)
    {
        while (rows.Session(row).Objects.LastRow is var last and >= 0)
        {
            RemoveObject(last);
        }

        RemoveDependenciesOf(new SessionId(row));
        if (rows.Session(row).IsCreated && rows.NextCreated(row) is var next and >= 0)
        {
            _steps.Add(new(ChangeAct.MoveUp, next));
        }

        rows.RemoveSession(row);
        _steps.Add(new(ChangeAct.RemoveSession, row));
    }

    public void Create(int session)
    {
        rows.Create(session);
        _steps.Add(new(ChangeAct.Create, session));
    }

    public int AddObject(ReadOnlySpan<byte> name, in PreservedObject added)
    {
        int row = rows.AddObject(name, added);
        _steps.Add(new(ChangeAct.AddObject, row));
        return row;
    }

    /// <summary>Removes an object with all that it carries, and every area and dependency of
    /// either.</summary>
    public void RemoveObject(int row)
    {
        while (rows.Object(row).Carried.LastRow is var carried and >= 0)
        {
            RemoveObjectAlone(carried);
        }

        RemoveObjectAlone(row);
    }

    public void Preserve(int file)
    {
        rows.Preserve(file);
        _steps.Add(new(ChangeAct.Preserve, file));
    }

    public void AddDependency(in DeclaredDependency declared, bool isMapped = false)
    {
        PhaseSet? ofActs = DependencyExpansion.ActPhases(ActOf(declared.Dependent), ActOf(declared.On));
        PhaseSet phases = declared.Origin.Source == DependencySource.Needs
            ? ofActs ?? RuleOf(declared)
            : DependencyExpansion.PhasesOf(declared, ofActs);
        int row = rows.AddDependency(declared, phases, isMapped);
        NoteMapped(row);
        _steps.Add(new(ChangeAct.AddDependency, row));
    }

    /// <summary>Adds both halves of a description.</summary>
    public void AddDescription(ObjectId metadata, ObjectId described)
    {
        DependencyOrigin origin = new(DependencySource.Describes);
        AddDependency(
            new(metadata, described, origin) { Phases = DependencyExpansion.DescribesOnPreserve });
        AddDependency(
            new(described, metadata, origin) { Phases = DependencyExpansion.DescribesOnRetrieve });
    }

    /// <summary>Removes both halves of what was said of metadata and what it describes.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool RemoveDescriptions(ObjectId metadata, ObjectId described)
    {
        bool isAny = RemoveDependencies(metadata, described, static row =>
            row.IsDescribed && row.Declared.Phases == DependencyExpansion.DescribesOnPreserve);
        RemoveDependencies(described, metadata, static row =>
            row.IsDescribed && row.Declared.Phases == DependencyExpansion.DescribesOnRetrieve);
        return isAny;
    }

    /// <summary>
    /// Removes what was declared between two ends; what areas declare stays, and descriptions stay.
    /// </summary>
    /// <returns>Whether there was anything.</returns>
    public bool RemoveDependencies(DependencyEnd dependent, DependencyEnd on) =>
        RemoveDependencies(dependent, on, static row => !row.IsMapped && !row.IsDescribed);

    private bool RemoveDependencies(
        DependencyEnd dependent, DependencyEnd on, Predicate<DependencyRow> isMeant)
    {
        bool isAny = false;
        int next;
        for (int row = rows.NeedsOf(dependent).FirstRow; row >= 0; row = next)
        {
            next = rows.NextNeed(row);
            if (rows.Dependency(row).On == on && isMeant(rows.Dependency(row)))
            {
                RemoveDependency(row);
                isAny = true;
            }
        }

        return isAny;
    }

    public void Map(int ioas, in LiveArea area)
    {
        if (!_mapped.ContainsKey((ioas, area.File)))
        {
            DependencyOrigin origin = new(DependencySource.Needs);
            AddDependency(new(new ObjectId(ioas), new ObjectId(area.File), origin), isMapped: true);
        }

        AddArea(ioas, area);
        _steps.Add(new(ChangeAct.AddArea, ioas, area));
    }

    public void Unmap(int ioas, int index)
    {
        LiveArea area = rows.Object(ioas).Areas![index];
        int dependency = _mapped[(ioas, area.File)];
        RemoveArea(ioas, area);
        _steps.Add(new(ChangeAct.RemoveArea, ioas, area));
        if (rows.Dependency(dependency).AreaCount == 0)
        {
            RemoveDependency(dependency);
        }
    }

    /// <summary>How many areas of an IOAS map a file.</summary>
    public int AreaCount(int ioas, int file) =>
        _mapped.TryGetValue((ioas, file), out int dependency) ? rows.Dependency(dependency).AreaCount : 0;

    /// <summary>Forgets the steps: they are there to stay.</summary>
    public void Keep()
    {
        foreach (ChangeStep step in _steps)
        {
            switch (step.Act)
            {
                case ChangeAct.AddSession:
                    rows.Session(step.Row).IsNew = false;
                    break;
                case ChangeAct.AddObject:
                    rows.Object(step.Row).IsNew = false;
                    break;
                case ChangeAct.AddDependency:
                    rows.Dependency(step.Row).IsNew = false;
                    break;
                case ChangeAct.RemoveSession:
                    rows.FreeSession(step.Row);
                    break;
                case ChangeAct.RemoveObject:
                    rows.FreeObject(step.Row);
                    break;
                case ChangeAct.RemoveDependency:
                    rows.FreeDependency(step.Row);
                    break;
            }
        }

        _steps.Clear();
    }

    /// <summary>Takes all steps back, the last first; those who need the steps look at them before.</summary>
    public void TakeBack()
    {
        for (int i = _steps.Count - 1; i >= 0; i--)
        {
            TakeBack(_steps[i]);
        }

        foreach (ChangeStep step in _steps)
        {
            switch (step.Act)
            {
                case ChangeAct.AddSession:
                    rows.FreeSession(step.Row);
                    break;
                case ChangeAct.AddObject:
                    rows.FreeObject(step.Row);
                    break;
                case ChangeAct.AddDependency:
                    rows.FreeDependency(step.Row);
                    break;
            }
        }
    }

    /// <summary>Forgets steps that were taken back.</summary>
    public void Clear() => _steps.Clear();

    private void TakeBack(in ChangeStep step)
    {
        switch (step.Act)
        {
            case ChangeAct.AddSession:
                rows.RemoveSession(step.Row);
                break;
            case ChangeAct.RemoveSession:
                rows.RestoreSession(step.Row);
                break;
            case ChangeAct.Create:
                rows.TakeBackCreate(step.Row);
                break;
            case ChangeAct.AddObject:
                rows.RemoveObject(step.Row);
                break;
            case ChangeAct.RemoveObject:
                rows.RestoreObject(step.Row);
                break;
            case ChangeAct.Preserve:
                rows.TakeBackPreserve(step.Row);
                break;
            case ChangeAct.AddDependency:
                ForgetMapped(step.Row);
                rows.RemoveDependency(step.Row);
                break;
            case ChangeAct.RemoveDependency:
                rows.RestoreDependency(step.Row);
                NoteMapped(step.Row);
                break;
            case ChangeAct.AddArea:
                RemoveArea(step.Row, step.Area);
                break;
            case ChangeAct.RemoveArea:
                AddArea(step.Row, step.Area);
                break;
        }
    }

    private void RemoveObjectAlone(int row)
    {
        for (int index = (rows.Object(row).Areas?.Count ?? 0) - 1; index >= 0; index--)
        {
            Unmap(row, index);
        }

        UnmapFile(row);
        RemoveDependenciesOf(new ObjectId(row));
        rows.RemoveObject(row);
        _steps.Add(new(ChangeAct.RemoveObject, row));
    }

    // Every area of every IOAS that maps a file.
    private void UnmapFile(int file)
    {
        int next;
        for (int row = rows.Object(file).NeededBy.FirstRow; row >= 0; row = next)
        {
            next = rows.NextNeededBy(row);
            if (!rows.Dependency(row).IsMapped)
            {
                continue;
            }

            int ioas = rows.Dependency(row).Dependent.ObjectId.Index;
            AreaList areas = rows.Object(ioas).Areas!;
            for (int index = areas.Count - 1; index >= 0; index--)
            {
                if (areas[index].File == file)
                {
                    Unmap(ioas, index);
                }
            }
        }
    }

    private void RemoveDependenciesOf(DependencyEnd end)
    {
        while (rows.NeedsOf(end).LastRow is var need and >= 0)
        {
            RemoveDependency(need);
        }

        while (rows.NeededByOf(end).LastRow is var neededBy and >= 0)
        {
            RemoveDependency(neededBy);
        }
    }

    private void RemoveDependency(int row)
    {
        ForgetMapped(row);
        rows.RemoveDependency(row);
        _steps.Add(new(ChangeAct.RemoveDependency, row));
    }

    private void AddArea(int ioas, in LiveArea area)
    {
        (rows.Object(ioas).Areas ??= new AreaList()).Add(area);
        rows.Dependency(_mapped[(ioas, area.File)]).AreaCount++;
        rows.MarkChanged(new ObjectId(ioas));
    }

    private void RemoveArea(int ioas, in LiveArea area)
    {
        AreaList areas = rows.Object(ioas).Areas!;
        areas.RemoveAt(areas.IndexOf(area.Range));
        rows.Dependency(_mapped[(ioas, area.File)]).AreaCount--;
        rows.MarkChanged(new ObjectId(ioas));
    }

    private void NoteMapped(int row)
    {
        ref DependencyRow noted = ref rows.Dependency(row);
        if (noted.IsMapped)
        {
            _mapped.Add((noted.Dependent.ObjectId.Index, noted.On.ObjectId.Index), row);
        }
    }

    private void ForgetMapped(int row)
    {
        ref DependencyRow forgotten = ref rows.Dependency(row);
        if (forgotten.IsMapped)
        {
            _mapped.Remove((forgotten.Dependent.ObjectId.Index, forgotten.On.ObjectId.Index));
        }
    }

    private PhaseSet RuleOf(in DeclaredDependency need)
    {
        PreservedObject dependent = rows.Object(need.Dependent.ObjectId.Index).Object;
        return DependencyRules.PhasesOf(
            dependent.Kind, dependent.IsFile, rows.Object(need.On.ObjectId.Index).Object.Kind);
    }

    private ActFacts? ActOf(DependencyEnd end) =>
        end.IsSession ? null : rows.Object(end.ObjectId.Index).Object.Act;
}
