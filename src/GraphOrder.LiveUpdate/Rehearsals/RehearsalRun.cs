using System.Buffers.Binary;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// One run of an update on simulated kernels. The holder does the steps one after another; where the old
/// kernel refuses one, it gives up and closes its sessions in the plan's order; where the next kernel refuses
/// a retrieve, it goes on with what does not need that file and finishes no session that such a file holds.
/// </summary>
internal sealed class RehearsalRun
{
    private readonly DependencyGraph _graph;
    private readonly UpdateOrder _order;
    private readonly DependencyWatch _watch;
    private readonly RehearsalOptions _options;
    private readonly int[] _sessions;
    private readonly List<RehearsedStep> _steps = [];
    private readonly HashSet<int> _failed = [];
    private readonly SimulatedKernel _first;
    private readonly bool _isPosted;
    private RehearsedFiles? _files;
    private SimulatedProcess _process;
    private int _device;

    public RehearsalRun(
        DependencyGraph graph,
        UpdateOrder order,
        DependencyWatch watch,
        SimulationOptions kernel,
        RehearsalOptions options)
    {
        _graph = graph;
        _order = order;
        _watch = watch;
        _options = options;
        _isPosted = !kernel.TakesEverything;
        _sessions = new int[graph.SessionCount];
        Array.Fill(_sessions, -1);
        _first = new SimulatedKernel(kernel);
        _process = _first.StartProcess();
        foreach (SimulatedFault fault in options.Faults)
        {
            _first.Inject(fault);
        }
    }

    /// <summary>The steps that were done.</summary>
    public IReadOnlyList<RehearsedStep> Steps => _steps;

    /// <summary>What the kernels did.</summary>
    public IReadOnlyList<SimulationEvent> Events => _first.Events;

    /// <summary>Which sessions the next kernel still has.</summary>
    public List<SessionId> Unfinished { get; } = [];

    /// <summary>Runs it to its end.</summary>
    public RehearsalOutcome Run()
    {
        Open();
        _files = new RehearsedFiles(_graph, _process, _isPosted);
        foreach ((RehearsedAct act, int session, int item) in _order.Old)
        {
            if (Do(act, session, item) != Errno.None)
            {
                return GiveUp();
            }

            if (IsKilled())
            {
                return Die(RehearsalOutcome.CalledOff);
            }
        }

        if (Kexec() != Errno.None)
        {
            return GiveUp();
        }

        if (_first.Next!.HasPanicked)
        {
            return RehearsalOutcome.Panicked;
        }

        _process = _first.Next.StartProcess();
        Array.Fill(_sessions, -1);
        Open();
        return IsKilled() ? Die(RehearsalOutcome.Stuck) : RunNext();
    }

    /// <summary>
    /// The freeze fails behind the last file of all, so that everything is unfrozen, and then everything is
    /// closed in the plan's order.
    /// </summary>
    public void RunBack()
    {
        const string last = "\u0001last";
        Open();
        _files = new RehearsedFiles(_graph, _process, _isPosted);
        foreach ((RehearsedAct act, int session, int item) in _order.Old)
        {
            if (Do(act, session, item) != Errno.None)
            {
                return;
            }
        }

        int extra = Session(LiveUpdateAbi.CreateSession, last, out _);
        int memory = _process.CreateMemory("last"u8, MemoryModes.None).Descriptor;
        _ = _process.Control(extra, LiveUpdateAbi.PreserveFile, FileArgument(memory, 0));
        _first.Inject(new SimulatedFault(Phase.Freeze, last, 0, Errno.InputOutput));
        _ = Kexec();
        GiveUp();
    }

    private RehearsalOutcome RunNext()
    {
        bool isReclaimed = false;
        foreach ((RehearsedAct act, int session, int item) in _order.Next)
        {
            if (act == RehearsedAct.Finish && !isReclaimed)
            {
                isReclaimed = true;
                Reclaim();
            }

            if (IsHeld(act, session, item))
            {
                continue;
            }

            if (Do(act, session, item) != Errno.None && act == RehearsedAct.Retrieve)
            {
                _failed.Add(item);
            }

            if (IsKilled())
            {
                return Die(RehearsalOutcome.Stuck);
            }
        }

        FindUnfinished();
        return Unfinished.Count == 0 ? RehearsalOutcome.Finished : RehearsalOutcome.Stuck;
    }

    // A file that needs one that failed, or a session in which one that failed, or what needs it, holds
    // memory.
    private bool IsHeld(RehearsedAct act, int session, int item) => _failed.Count > 0 && act switch
    {
        RehearsedAct.Retrieve => HeldFiles.NeedsFailed(_graph, item, _failed),
        RehearsedAct.Finish => HeldFiles.HoldsSession(_graph, session, _failed, _sessions),
        _ => false,
    };

    private Errno Do(RehearsedAct act, int session, int item)
    {
        Errno error = Errno.None;
        switch (act)
        {
            case RehearsedAct.Create:
                _sessions[session] = Session(LiveUpdateAbi.CreateSession, NameOf(session), out error);
                break;
            case RehearsedAct.RetrieveSession:
                _sessions[session] = Session(LiveUpdateAbi.RetrieveSession, NameOf(session), out error);
                break;
            case RehearsedAct.Preserve:
                error = _process.Control(
                    _sessions[session],
                    LiveUpdateAbi.PreserveFile,
                    FileArgument(_files![item], TokenOf(item))).Error;
                break;
            case RehearsedAct.Retrieve:
                error = _process.Control(
                    _sessions[session], LiveUpdateAbi.RetrieveFile, FileArgument(0, TokenOf(item))).Error;
                break;
            case RehearsedAct.Finish:
                error = Finish(session);
                break;
            case RehearsedAct.Close:
                _ = _process.Close(_sessions[session]);
                break;
            default:
                _watch.ReadAct(item, _steps.Count + 1);
                break;
        }

        Record(act, session, item, error);
        return error;
    }

    private Errno Finish(int session)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateAbi.FinishArgumentBytes];
        argument.Clear();
        argument[0] = LiveUpdateAbi.FinishArgumentBytes;
        Errno error = _process.Control(_sessions[session], LiveUpdateAbi.Finish, argument).Error;
        if (error == Errno.None)
        {
            _ = _process.Close(_sessions[session]);
            _sessions[session] = -1;
        }

        return error;
    }

    private Errno Kexec()
    {
        _first.PlaceFile("/image", "image"u8);
        int image = _process.Open("/image"u8, OpenModes.ReadOnly).Descriptor;
        _ = _process.LoadKernel(image, -1, default);
        Errno error = _process.Jump().Error;
        Record(RehearsedAct.Kexec, -1, -1, error);
        return error;
    }

    private RehearsalOutcome GiveUp()
    {
        foreach (int session in _order.Close)
        {
            if (_sessions[session] >= 0)
            {
                _ = Do(RehearsedAct.Close, session, -1);
            }
        }

        return RehearsalOutcome.CalledOff;
    }

    private bool IsKilled() => _options.KillAt == _steps.Count;

    private RehearsalOutcome Die(RehearsalOutcome outcome)
    {
        _process.End();
        Record(RehearsedAct.Die, -1, -1, Errno.None);
        FindUnfinished();
        return outcome == RehearsalOutcome.Stuck && Unfinished.Count == 0
            ? RehearsalOutcome.Finished
            : outcome;
    }

    private void FindUnfinished()
    {
        if (_first.Next is SimulatedKernel next)
        {
            foreach (SimulatedSession session in next.Incoming.Sessions)
            {
                if (_graph.Set.TryFindSession(session.Name, out SessionId found))
                {
                    Unfinished.Add(found);
                }
            }

            Unfinished.Sort(static (left, right) => left.Index.CompareTo(right.Index));
        }
    }

    private void Reclaim()
    {
        // The caller's own work between the last retrieve and the first finish: page tables get their owners.
        if (_isPosted)
        {
            _process.ReclaimAll();
        }
    }

    private void Record(RehearsedAct act, int session, int item, Errno error)
    {
        int number = _steps.Count + 1;
        _steps.Add(new RehearsedStep(
            number,
            act,
            session < 0 ? null : new SessionId(session),
            item < 0 ? null : new ObjectId(item),
            error));
        _watch.Read(_first.Events, number);
    }

    private void Open() => _device = _process.Open("/dev/liveupdate"u8, OpenModes.ReadWrite).Descriptor;

    private int Session(uint request, string name, out Errno error)
    {
        byte[] argument = new byte[LiveUpdateAbi.NameArgumentBytes];
        argument[0] = LiveUpdateAbi.NameArgumentBytes;
        Encoding.UTF8.GetBytes(name, argument.AsSpan(LiveUpdateAbi.NameOffset));
        error = _process.Control(_device, request, argument).Error;
        return error == Errno.None
            ? BinaryPrimitives.ReadInt32LittleEndian(argument.AsSpan(LiveUpdateAbi.DescriptorOffset))
            : -1;
    }

    private static byte[] FileArgument(int file, ulong token)
    {
        byte[] argument = new byte[LiveUpdateAbi.FileArgumentBytes];
        argument[0] = LiveUpdateAbi.FileArgumentBytes;
        BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(LiveUpdateAbi.DescriptorOffset), file);
        BinaryPrimitives.WriteUInt64LittleEndian(argument.AsSpan(LiveUpdateAbi.TokenOffset), token);
        return argument;
    }

    private string NameOf(int session) => _graph.Set.NameOf(new SessionId(session));

    private ulong TokenOf(int file) => _graph.TokenOf(new ObjectId(file));
}
