namespace GraphOrder.LiveUpdate;

/// <summary>
/// A kernel with live update, as Linux 7.3.4 behaves: what it answers to each call in each state, in which
/// order it freezes, rolls back, unpreserves and finishes, what survives a kexec and what does not. Nothing
/// of it runs: memory is bytes, processes are descriptor tables, and a jump makes the next kernel, <see
/// cref="Next"/>.
/// </summary>
/// <remarks>Not thread-safe, nor are its processes.</remarks>
/// <example><code>
/// SimulatedKernel old = new();
/// SimulatedProcess agent = old.StartProcess();
/// // ... agent.Open, agent.Control, agent.LoadKernel ...
/// if (agent.Jump().IsDone)
/// {
///     SimulatedProcess init = old.Next!.StartProcess();
/// }
/// </code></example>
public sealed class SimulatedKernel
{
    private readonly List<FileHandler> _handlers = [];
    private readonly List<SimulationEvent> _events;
    private ulong _lastInode;
    private bool _wasRead;

    /// <summary>A kernel that was just booted, the first of its chain.</summary>
    /// <exception cref="ArgumentException">It has more global states than a kernel registers, or two of one
    /// name.</exception>
    public SimulatedKernel(SimulationOptions? options = null)
        : this((options ?? new SimulationOptions()).Checked(), null)
    {
    }

    private SimulatedKernel(SimulationOptions options, SimulatedKernel? old)
    {
        Options = options;
        NextOptions = options;
        Number = (old?.Number ?? 0) + 1;
        _events = old?._events ?? [];
        Faults = old?.Faults ?? new Faults();
        Memory = new MemoryBudget(options.MemoryBytes / PageContent.PageBytes);
        Outgoing = new OutgoingSessions(this);
        Incoming = new IncomingSessions(this);
        Flbs = new FlbCounts(this);
        Tree = new SimulatedTree(this);
        _handlers.Add(new MemfdHandler());
        foreach (ObjectKind kind in options.Handlers)
        {
            _handlers.Add(options.TakesEverything ? new PlainHandler(kind) : PostedHandlers.Of(kind));
        }
    }

    /// <summary>What it has and can hold.</summary>
    public SimulationOptions Options { get; }

    /// <summary>What the next kernel will have; as this one unless it is said.</summary>
    /// <exception cref="ArgumentException">It has more global states than a kernel registers, or two of one
    /// name.</exception>
    public SimulationOptions NextOptions
    {
        get => field;
        set => field = value.Checked();
    }

    /// <summary>1 for the first of its chain.</summary>
    public int Number { get; }

    /// <summary>
    /// How many live updates led here, as the kernel says when it starts; it takes what the one before hands
    /// over for true. 0 where nothing was handed over.
    /// </summary>
    public long UpdateNumber { get; internal set; }

    /// <summary>The kernel that this one jumped into; null before that.</summary>
    public SimulatedKernel? Next { get; private set; }

    /// <summary>
    /// Whether images are loaded by the old kexec_load, as a tool without <c>-s</c> does: the jump succeeds
    /// and nothing is carried over.
    /// </summary>
    public bool LoadsLegacyImage { get; set; }

    /// <summary>Whether it stopped while it booted: nothing runs on it.</summary>
    public bool HasPanicked { get; private set; }

    /// <summary>Memory that nothing holds.</summary>
    public long FreeBytes => Memory.FreePages * PageContent.PageBytes;

    /// <summary>What all kernels of the chain did, in time.</summary>
    public IReadOnlyList<SimulationEvent> Events => _events;

    internal MemoryBudget Memory { get; }

    internal OutgoingSessions Outgoing { get; }

    internal IncomingSessions Incoming { get; }

    internal FlbCounts Flbs { get; }

    internal Faults Faults { get; }

    internal SimulatedTree Tree { get; }

    /// <summary>What is preserved, or retrieved and not finished: each once only.</summary>
    internal HashSet<object> Identities { get; } = new(ReferenceEqualityComparer.Instance);

    internal bool IsDeviceOpen { get; set; }

    internal bool HasImage { get; set; }

    /// <summary>Starts a process without open descriptors.</summary>
    /// <exception cref="InvalidOperationException">The kernel is gone or panicked.</exception>
    public SimulatedProcess StartProcess()
    {
        DemandRunning();
        return new SimulatedProcess(this, new DescriptorTable(Options.DescriptorLimit));
    }

    /// <summary>Puts a file with a name there, and the folders above it: a kernel image, a RAM
    /// disk.</summary>
    public void PlaceFile(string path, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(path);
        Tree.Place(path, content);
    }

    /// <summary>From now on a handler answers an error; in the kernels after this one too.</summary>
    public void Inject(SimulatedFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Phase is Phase.Unfreeze or Phase.Unpreserve || fault.Error == Errno.None)
        {
            throw new ArgumentException("A handler cannot fail so.", nameof(fault));
        }

        Faults.Add(fault);
    }

    /// <summary>
    /// At the next jump the memory in which this file's record lies is damaged, or what the hand-over has but
    /// once, whichever file is named.
    /// </summary>
    public void Damage(string session, ulong token, HandoverDamage damage)
    {
        ArgumentNullException.ThrowIfNull(session);
        Faults.Damages.Add((session, token, damage));
    }

    internal void DemandRunning()
    {
        if (Next is not null || HasPanicked)
        {
            throw new InvalidOperationException("Nothing runs on a kernel that jumped or panicked.");
        }
    }

    internal void Tell(SimulationEventKind kind, string session, Errno error = Errno.None) =>
        _events.Add(new SimulationEvent(kind, Number, session, 0, 0, error));

    internal void Tell(
        SimulationEventKind kind, SimulatedSession session, PreservedFile file, Errno error = Errno.None) =>
        _events.Add(new SimulationEvent(
            kind, Number, session.Name, file.Token, file.File?.Inode.Number ?? 0, error));

    internal SimulatedInode NewInode(InodeKind kind, uint mode) =>
        new(kind, ++_lastInode, mode) { LinkCount = kind is InodeKind.Pipe or InodeKind.Event ? 1u : 0 };

    internal SimulatedInode NewInode(PostedObject posted) =>
        new(InodeKind.Posted, ++_lastInode, SimulatedInode.Character | 0x180) { Posted = posted };

    internal SimulatedInode NewInode(SimulatedSession session) =>
        new(InodeKind.Session, ++_lastInode, 0x180) { Session = session };

    /// <summary>One holder less; the last one closes it.</summary>
    internal void Release(OpenFile file)
    {
        if (--file.References > 0)
        {
            return;
        }

        SimulatedInode inode = file.Inode;
        inode.OpenCount--;
        inode.WriterCount -= file.CanWrite ? 1 : 0;
        if (inode is { OpenCount: 0, LinkCount: 0, Content: PageContent content })
        {
            content.Release();
        }

        if (inode.Kind == InodeKind.UpdateDevice && !file.IsPathOnly)
        {
            IsDeviceOpen = false;
        }

        if (inode.Session is SimulatedSession session && !file.IsPathOnly)
        {
            Close(session);
        }

        if (inode is { OpenCount: 0, Posted: PostedObject posted })
        {
            posted.Release(this);
        }
    }

    /// <summary>The handler that takes a file; null where none does.</summary>
    internal FileHandler? HandlerOf(OpenFile file) => _handlers.Find(handler => handler.CanPreserve(file));

    internal FileHandler? HandlerOf(ObjectKind kind) => _handlers.Find(handler => handler.Kind == kind);

    /// <summary>Opens the device: what the first opener reads, and what every later one is told.</summary>
    internal Errno OpenDevice()
    {
        if (IsDeviceOpen)
        {
            return Errno.Busy;
        }

        if (!_wasRead && !Incoming.CanBeRead())
        {
            return Errno.InputOutput;
        }

        _wasRead = true;
        IsDeviceOpen = true;
        return Errno.None;
    }

    internal CallResult Jump()
    {
        if (!HasImage)
        {
            return CallResult.Failed(Errno.Invalid);
        }

        Errno error = Outgoing.Freeze();
        if (error != Errno.None)
        {
            return CallResult.Failed(error);
        }

        Tell(SimulationEventKind.Jump, "");
        foreach (SimulatedSession lost in Incoming.Sessions)
        {
            Tell(SimulationEventKind.LoseSession, lost.Name, Errno.NoEntry);
        }

        SimulatedKernel next = new(NextOptions, this);
        Handover.Carry(this, next);
        Next = next;
        return CallResult.Done();
    }

    internal void Panic()
    {
        HasPanicked = true;
        Tell(SimulationEventKind.Panic, "");
    }

    private void Close(SimulatedSession session)
    {
        if (session.IsIncoming)
        {
            Incoming.Close(session);
        }
        else
        {
            Outgoing.Close(session);
        }
    }
}
