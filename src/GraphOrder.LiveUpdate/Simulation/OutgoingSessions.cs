namespace GraphOrder.LiveUpdate;

/// <summary>
/// The sessions of a kernel that is to be replaced, in creation order (kernel/liveupdate/luo_session.c,
/// luo_file.c).
/// </summary>
internal sealed class OutgoingSessions(SimulatedKernel kernel)
{
    private readonly List<SimulatedSession> _sessions = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _blocks;

    /// <summary>In creation order.</summary>
    public IReadOnlyList<SimulatedSession> Sessions => _sessions;

    /// <summary>Whether the last block holds nothing, at which the next kernel panics.</summary>
    public bool HasEmptyBlock => _blocks > BlocksFor(_sessions.Count);

    /// <summary>A session under a name that no other has; null with an error.</summary>
    public SimulatedSession? Create(string key, string name, out Errno error)
    {
        // The list grows first and the name is looked up then; a refusal does not shrink it.
        int perBlock = kernel.Options.SessionsPerBlock;
        if (_sessions.Count == _blocks * perBlock)
        {
            if (_blocks == kernel.Options.BlocksMax)
            {
                error = Errno.NoSpace;
                return null;
            }

            _blocks++;
        }

        if (!_names.Add(key))
        {
            _blocks = kernel.Options.LeavesEmptyBlock ? _blocks : BlocksFor(_sessions.Count);
            error = Errno.Exists;
            kernel.Tell(SimulationEventKind.Create, name, error);
            return null;
        }

        SimulatedSession session = new(key, name, isIncoming: false);
        _sessions.Add(session);
        error = Errno.None;
        kernel.Tell(SimulationEventKind.Create, name);
        return session;
    }

    /// <summary>Preserves a file; the checks in the kernel's order.</summary>
    public Errno Preserve(SimulatedSession session, DescriptorTable descriptors, int descriptor, ulong token)
    {
        if (session.Find(token) is not null)
        {
            return Errno.Exists;
        }

        if (session.Files.Count >= (long)kernel.Options.FilesPerBlock * kernel.Options.BlocksMax)
        {
            return Errno.NoSpace;
        }

        OpenFile? open = descriptors.Find(descriptor);
        if (open is null || open.IsPathOnly)
        {
            return Errno.BadDescriptor;
        }

        if (kernel.HandlerOf(open) is not FileHandler handler)
        {
            return Errno.NoEntry;
        }

        object identity = handler.Identity(open);
        if (!kernel.Identities.Add(identity))
        {
            return Errno.Busy;
        }

        kernel.Flbs.Get(handler.Kind);
        PreservedFile file = new(token, handler) { File = open };
        Errno error = kernel.Faults.Take(Phase.Preserve, session.Name, token);
        error = error == Errno.None ? handler.Preserve(new FileCall(kernel, session, file)) : error;
        kernel.Tell(SimulationEventKind.Preserve, session, file, error);
        if (error != Errno.None)
        {
            kernel.Flbs.Put(handler.Kind);
            kernel.Identities.Remove(identity);
            return error;
        }

        open.References++;
        session.Files.Add(file);
        return Errno.None;
    }

    /// <summary>The last holder closed it: everything is unpreserved, the last file first.</summary>
    public void Close(SimulatedSession session)
    {
        for (int i = session.Files.Count - 1; i >= 0; i--)
        {
            PreservedFile file = session.Files[i];
            file.Handler.Unpreserve(new FileCall(kernel, session, file));
            kernel.Tell(SimulationEventKind.Unpreserve, session, file);
            kernel.Flbs.Put(file.Handler.Kind);
            kernel.Identities.Remove(file.Handler.Identity(file.File!));
            session.Files.RemoveAt(i);
            kernel.Release(file.File!);
        }

        _sessions.Remove(session);
        _names.Remove(session.Key);
        _blocks = BlocksFor(_sessions.Count);
        kernel.Tell(SimulationEventKind.EndSession, session.Name);
    }

    /// <summary>
    /// Freezes: sessions in creation order, files in preserve order. Where one refuses, the files of its
    /// session in front of it are unfrozen first to last, then the sessions in front, the last first, the
    /// files of each first to last.
    /// </summary>
    public Errno Freeze()
    {
        for (int i = 0; i < _sessions.Count; i++)
        {
            SimulatedSession session = _sessions[i];
            for (int j = 0; j < session.Files.Count; j++)
            {
                Errno error = Freeze(session, session.Files[j]);
                if (error != Errno.None)
                {
                    Unfreeze(session, j);
                    for (int k = i - 1; k >= 0; k--)
                    {
                        Unfreeze(_sessions[k], _sessions[k].Files.Count);
                    }

                    return error;
                }
            }
        }

        return Errno.None;
    }

    private Errno Freeze(SimulatedSession session, PreservedFile file)
    {
        Errno error = kernel.Faults.Take(Phase.Freeze, session.Name, file.Token);
        error = error == Errno.None ? file.Handler.Freeze(new FileCall(kernel, session, file)) : error;
        kernel.Tell(SimulationEventKind.Freeze, session, file, error);
        return error;
    }

    private void Unfreeze(SimulatedSession session, int count)
    {
        for (int i = 0; i < count; i++)
        {
            session.Files[i].Handler.Unfreeze(new FileCall(kernel, session, session.Files[i]));
            kernel.Tell(SimulationEventKind.Unfreeze, session, session.Files[i]);
        }
    }

    private int BlocksFor(int count)
    {
        int perBlock = kernel.Options.SessionsPerBlock;
        return (count + perBlock - 1) / perBlock;
    }
}
