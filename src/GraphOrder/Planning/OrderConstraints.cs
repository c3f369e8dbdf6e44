using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// What every dependency puts on every named order. Built in two turns: first all but what paths through
/// kernel-moved objects say inside a session, then that, once it is known which of those objects fall
/// inside which session (<see cref="AddPathsInsideSessions"/>).
/// </summary>
internal sealed partial class OrderConstraints
{
    private readonly List<PrecedenceGraph> _orders = [];
    private readonly List<bool> _isMade = [];
    private readonly List<int> _twins = [];
    private readonly Dictionary<(Phase Phase, int Order, int Object), int> _movedByKernel = [];
    private readonly Dictionary<(int Order, int Session), int> _ends = [];
    private readonly Dictionary<(int Order, int Session), int> _beginnings = [];
    private readonly List<(int Dependency, Phase Phase)> _undecided = [];
    private readonly SessionFiles _filesBySession = new();
    private readonly List<int> _firstSteps = [];
    private readonly List<int> _thenSteps = [];
    private PlanGround _ground = null!;
    private DependencyGraph _graph = null!;
    private FileLayout _layout = null!;
    private OrderLift _lift = null!;
    private ActPlaces _acts = null!;
    private PhaseSet[] _phases = [];
    private LiftedDependencies _lifted = null!;
    private int[] _allFiles = [];
    private bool[] _isPreserved = [];
    private bool _hasFilesBySession;

    /// <summary>Gathers what a graph puts on the orders; what stood here before is forgotten.</summary>
    public void Read(PlanGround ground, OrderLift lift, ActPlaces acts)
    {
        _ground = ground;
        _graph = ground.Graph;
        _layout = ground.Layout;
        _phases = ground.Phases;
        _lifted = ground.Lifted;
        _lift = lift;
        _acts = acts;
        Forget();
        for (int order = 0; order < lift.Orders.Length; order++)
        {
            if (order == _orders.Count)
            {
                _orders.Add(new PrecedenceGraph());
            }

            _isMade.Add(false);
            _twins.Add(TwinOf(order));
        }

        foreach (int dependency in _lifted.Others)
        {
            foreach (Phase phase in _phases[dependency])
            {
                AddSpecial(dependency, _graph.Dependencies[dependency], phase);
            }
        }

        AddCreated();
        AddPreserved();
    }

    /// <summary>What a named order must respect; made when it is first asked for.</summary>
    public PrecedenceGraph this[int order]
    {
        get
        {
            if (!_isMade[order])
            {
                AddBetweenFiles(order, _orders[order]);
                _isMade[order] = true;
            }

            return _orders[order];
        }
    }

    /// <summary>
    /// The first order that has to respect the same; the order itself where there is no other. What it must
    /// respect carries other labels alone.
    /// </summary>
    public int Twin(int order) => _twins[order];

    /// <summary>
    /// Adds what paths through kernel-moved objects say inside a session, given the answers of the
    /// orders of sessions to the first turn.
    /// </summary>
    public void AddPathsInsideSessions(SolvedOrders orders)
    {
        foreach ((int dependency, Phase phase) in _undecided)
        {
            Dependency found = _graph.Dependencies[dependency];
            if (found.Dependent.IsSession || found.On.IsSession || _lift.Of(phase, true) is not { } inside)
            {
                continue;
            }

            int sessions = _lift.Of(phase, false)!.Value.Order;
            int dependentHome = HomeOf(found.Dependent.ObjectId.Index, phase, sessions, orders[sessions]);
            int onHome = HomeOf(found.On.ObjectId.Index, phase, sessions, orders[sessions]);
            if (dependentHome >= 0 && dependentHome == onHome)
            {
                int dependent = StepVertex(found.Dependent.ObjectId.Index, phase, inside.Order);
                int on = StepVertex(found.On.ObjectId.Index, phase, inside.Order);
                Add(inside.Order, dependent, on, ArcLabel.Of(dependency, phase, inside.IsForward));
            }
        }
    }

    // A whole session, an act or a kernel-moved object on one end or both.
    private void AddSpecial(int index, Dependency dependency, Phase phase)
    {
        if (_lift.Of(phase, false) is not { } lift
            || !IsOnPath(dependency.Dependent, phase)
            || !IsOnPath(dependency.On, phase))
        {
            return;
        }

        ArcLabel label = ArcLabel.Of(index, phase, lift.IsForward);
        if (_lift.IsBySession(phase))
        {
            int dependent = SessionVertex(dependency.Dependent, phase, lift.Order);
            int on = SessionVertex(dependency.On, phase, lift.Order);
            Add(lift.Order, dependent, on, label);
            _undecided.Add((index, phase));
        }
        else
        {
            int dependent = ChosenVertex(dependency.Dependent, phase, lift.Order, isFirst: !lift.IsForward);
            int on = ChosenVertex(dependency.On, phase, lift.Order, isFirst: lift.IsForward);
            Add(lift.Order, dependent, on, label);
        }
    }

    private void Add(int order, int dependent, int on, ArcLabel label) =>
        this[order].AddArc(label.IsForward ? on : dependent, label.IsForward ? dependent : on, label);

    // An act without a place orders nothing: it is refused.
    private bool IsOnPath(DependencyEnd end, Phase phase) =>
        end.IsSession
        || _layout.FileOf(end.ObjectId.Index) >= 0
        || _acts.VertexOf(end.ObjectId.Index) >= 0
        || _ground.PathsOf(phase).Contains(end.ObjectId.Index);

    private int MovableOf(DependencyEnd end) => _layout.MovableOf(end.ObjectId.Index);

    private int SessionVertex(DependencyEnd end, Phase phase, int order) =>
        end.IsSession ? end.SessionId.Index
        : _acts.VertexOf(end.ObjectId.Index) is var act and >= 0 ? act
        : _layout.SessionOf(end.ObjectId.Index) is var session and >= 0 ? session
        : Connector(phase, order, end.ObjectId.Index);

    private int ChosenVertex(DependencyEnd end, Phase phase, int order, bool isFirst) =>
        end.IsSession
            ? isFirst ? EndOf(order, end.SessionId.Index) : BeginningOf(order, end.SessionId.Index)
            : StepVertex(end.ObjectId.Index, phase, order);

    private int StepVertex(int id, Phase phase, int order) =>
        _acts.VertexOf(id) is var act and >= 0 ? act
        : _layout.FileOf(id) is not (var file and >= 0) ? Connector(phase, order, id)
        : _lift.Orders[order].Unit == OrderUnit.Files ? file
        : _layout.MovableOf(id);

    // An act stands between sessions and never inside one.
    private int HomeOf(int id, Phase phase, int sessions, PrecedenceOrder answer)
    {
        int home = _layout.SessionOf(id) is var session and >= 0 ? session
            : _acts.VertexOf(id) >= 0 ? -1
            : answer.HomeOf(this[sessions], Connector(phase, sessions, id));
        return home < _graph.SessionCount ? home : -1;
    }

    private int Connector(Phase phase, int order, int id)
    {
        if (!_movedByKernel.TryGetValue((phase, order, id), out int connector))
        {
            connector = this[order].AddConnector();
            _movedByKernel.Add((phase, order, id), connector);
        }

        return connector;
    }

    private int EndOf(int order, int session)
    {
        if (!_ends.TryGetValue((order, session), out int connector))
        {
            connector = this[order].AddConnector();
            _ends.Add((order, session), connector);
            AddMembers(order, session, connector, isFirst: true);
        }

        return connector;
    }

    private int BeginningOf(int order, int session)
    {
        if (!_beginnings.TryGetValue((order, session), out int connector))
        {
            connector = this[order].AddConnector();
            _beginnings.Add((order, session), connector);
            AddMembers(order, session, connector, isFirst: false);
        }

        return connector;
    }

    private void AddMembers(int order, int session, int connector, bool isFirst)
    {
        foreach (int file in FilesOf(session))
        {
            foreach (int step in StepsOf(order, file, _firstSteps))
            {
                this[order].AddArc(
                    isFirst ? step : connector, isFirst ? connector : step, ArcLabel.Membership);
            }
        }
    }

    // A file is one step of an order of files; of an order of objects it is one with each that it carries.
    private ReadOnlySpan<int> StepsOf(int order, int file, List<int> steps)
    {
        steps.Clear();
        if (_lift.Orders[order].Unit == OrderUnit.Files)
        {
            steps.Add(file);
            return CollectionsMarshal.AsSpan(steps);
        }

        steps.Add(_layout.MovableOf(_layout.Files[file].Index));
        for (int i = 0; i < _layout.CarriedCountOf(file); i++)
        {
            steps.Add(_layout.MovableOf(_layout.Carried[_layout.FirstCarried(file) + i]));
        }

        return CollectionsMarshal.AsSpan(steps);
    }

    private ReadOnlySpan<int> FilesOf(int session)
    {
        if (!_hasFilesBySession)
        {
            Span<int> all = Scratch.Take(ref _allFiles, _layout.FileCount);
            for (int file = 0; file < all.Length; file++)
            {
                all[file] = file;
            }

            _filesBySession.Read(_graph.SessionCount, _layout.SessionOfFile, all);
            _hasFilesBySession = true;
        }

        return _filesBySession[session];
    }

    private void Forget()
    {
        _isMade.Clear();
        _twins.Clear();
        _movedByKernel.Clear();
        _ends.Clear();
        _beginnings.Clear();
        _undecided.Clear();
        _hasFilesBySession = false;
    }

    // The kernel's lists grow only at their ends: what it has already comes first, in the order it has.
    private void AddPreserved()
    {
        if (!HasPreserved())
        {
            return;
        }

        Span<bool> isPreserved = Scratch.TakeZeros(ref _isPreserved, _layout.FileCount);
        int barrier = -1;
        foreach (SessionEntry entry in _graph.Set.Sessions)
        {
            int lastPreserved = -1;
            foreach (ObjectId id in entry.Preserved)
            {
                int file = _layout.FileOf(id.Index);
                isPreserved[file] = true;
                if (lastPreserved >= 0)
                {
                    AddFixed(lastPreserved, file);
                }

                lastPreserved = file;
            }

            if (lastPreserved >= 0)
            {
                barrier = barrier >= 0 ? barrier : Preserve.AddConnector();
                foreach (int step in StepsOf(_lift.PreserveOrder, lastPreserved, _firstSteps))
                {
                    Preserve.AddArc(step, barrier, ArcLabel.Membership);
                }
            }
        }

        for (int file = 0; barrier >= 0 && file < isPreserved.Length; file++)
        {
            if (!isPreserved[file])
            {
                foreach (int step in StepsOf(_lift.PreserveOrder, file, _firstSteps))
                {
                    Preserve.AddArc(barrier, step, ArcLabel.Fixed);
                }
            }
        }

        // Nothing says that an act was done before what is there already, so all are still to do.
        foreach (ObjectId act in _acts.Of(_lift.PreserveOrder))
        {
            Preserve.AddArc(barrier, _acts.VertexOf(act.Index), ArcLabel.Fixed);
        }
    }

    private PrecedenceGraph Preserve => this[_lift.PreserveOrder];

    private void AddFixed(int first, int then)
    {
        ReadOnlySpan<int> firsts = StepsOf(_lift.PreserveOrder, first, _firstSteps);
        ReadOnlySpan<int> thens = StepsOf(_lift.PreserveOrder, then, _thenSteps);
        if (firsts.Length == 1 && thens.Length == 1)
        {
            Preserve.AddArc(firsts[0], thens[0], ArcLabel.Fixed);
            return;
        }

        int between = Preserve.AddConnector();
        foreach (int step in firsts)
        {
            Preserve.AddArc(step, between, ArcLabel.Membership);
        }

        foreach (int step in thens)
        {
            Preserve.AddArc(between, step, ArcLabel.Fixed);
        }
    }

    private void AddCreated()
    {
        int create = _lift.NumberOf(NamedOrder.Of(SessionOrder.Create));
        int last = -1;
        for (int session = 0; create >= 0 && session < _graph.SessionCount; session++)
        {
            if (_graph.Set.Sessions[session].Created)
            {
                if (last >= 0)
                {
                    this[create].AddArc(last, session, ArcLabel.Fixed);
                }

                last = session;
            }
        }

        for (int session = 0; last >= 0 && session < _graph.SessionCount; session++)
        {
            if (!_graph.Set.Sessions[session].Created)
            {
                this[create].AddArc(last, session, ArcLabel.Fixed);
            }
        }
    }
}
