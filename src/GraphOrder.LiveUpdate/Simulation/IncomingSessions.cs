namespace GraphOrder.LiveUpdate;

/// <summary>
/// The sessions that the kernel before handed over, in its creation order (kernel/liveupdate/luo_session.c,
/// luo_file.c).
/// </summary>
internal sealed class IncomingSessions(SimulatedKernel kernel)
{
    private readonly List<SimulatedSession> _sessions = [];

    /// <summary>Those that are not gone.</summary>
    public IReadOnlyList<SimulatedSession> Sessions => _sessions;

    /// <summary>Takes a session that the kernel before handed over.</summary>
    public void Receive(SimulatedSession session) => _sessions.Add(session);

    /// <summary>
    /// The first open of the device reads all sessions; whether every file has a handler here. Where one has
    /// none, the device cannot be opened for good.
    /// </summary>
    public bool CanBeRead()
    {
        foreach (SimulatedSession session in _sessions)
        {
            foreach (PreservedFile file in session.Files)
            {
                if (kernel.HandlerOf(file.Handler.Kind) is null)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Hands a session to user space, once; null with an error.</summary>
    public SimulatedSession? Retrieve(string key, string name, out Errno error)
    {
        SimulatedSession? session = _sessions.Find(candidate => candidate.Key == key);
        error = session is null ? Errno.NoEntry : session.IsRetrieved ? Errno.Invalid : Errno.None;
        kernel.Tell(SimulationEventKind.RetrieveSession, name, error);
        if (error != Errno.None)
        {
            return null;
        }

        session!.IsRetrieved = true;
        return session;
    }

    /// <summary>The file under a token: made at the first call, the same one ever after; null with an error.
    /// </summary>
    public OpenFile? RetrieveFile(SimulatedSession session, ulong token, out Errno error)
    {
        PreservedFile? file = session.Find(token);
        if (file is null)
        {
            error = Errno.NoEntry;
            return null;
        }

        error = file.RetrieveError;
        if (error != Errno.None || file.File is not null)
        {
            return file.File;
        }

        error = kernel.Faults.Take(Phase.Retrieve, session.Name, token);
        if (error != Errno.None && file.Record is MemfdRecord record)
        {
            record.Fault = error;
        }

        OpenFile? made = error == Errno.None || file.Record is MemfdRecord
            ? file.Handler.Retrieve(new FileCall(kernel, session, file), out error)
            : null;
        file.RetrieveError = error;
        file.File = made;
        kernel.Tell(SimulationEventKind.Retrieve, session, file, error);
        if (made is not null)
        {
            made.References++;
            kernel.Identities.Add(file.Handler.Identity(made));
        }

        return made;
    }

    /// <summary>
    /// Finishes: every file is asked, the first preserved first, and one that refuses stops it with nothing
    /// done; then every file is finished, the last preserved first.
    /// </summary>
    public Errno Finish(SimulatedSession session)
    {
        foreach (PreservedFile file in session.Files)
        {
            Errno fault = kernel.Faults.Take(Phase.Finish, session.Name, file.Token);
            bool can = fault == Errno.None && file.Handler.CanFinish(new FileCall(kernel, session, file));
            kernel.Tell(SimulationEventKind.AskFinish, session, file, can ? Errno.None : Errno.Busy);
            if (!can)
            {
                return Errno.Busy;
            }
        }

        for (int i = session.Files.Count - 1; i >= 0; i--)
        {
            PreservedFile file = session.Files[i];
            file.Handler.Finish(new FileCall(kernel, session, file));
            kernel.Tell(
                file.File is null ? SimulationEventKind.Discard : SimulationEventKind.Finish, session, file);
            kernel.Flbs.Finish(file.Handler.Kind);
            session.Files.RemoveAt(i);
            if (file.File is OpenFile retrieved)
            {
                kernel.Identities.Remove(file.Handler.Identity(retrieved));
                kernel.Release(retrieved);
            }
        }

        kernel.Tell(SimulationEventKind.FinishSession, session.Name);
        return Errno.None;
    }

    /// <summary>
    /// The last holder closed it, which finishes it. Where that is refused it stays, retrieved by nobody for
    /// good.
    /// </summary>
    public void Close(SimulatedSession session)
    {
        if (Finish(session) != Errno.None)
        {
            kernel.Tell(SimulationEventKind.LoseSession, session.Name, Errno.Busy);
            return;
        }

        _sessions.Remove(session);
        kernel.Tell(SimulationEventKind.EndSession, session.Name);
    }
}
