using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary>
/// Finds the journal to go on with: on disk, or in the session in which it travels, from where it is put on
/// disk first.
/// </summary>
internal sealed class ResumeSource(
    ISystemCalls calls, ISessionHolders holders, RunningHost host, string path, GivenDescriptors given)
{
    // Read once: a journal holds the whole set and plan.
    private readonly Lazy<Journal?> _onDisk = new(() => File.Exists(path) ? ReadOwn(path) : null);

    /// <summary>The device; -1 where somebody else has it open, or there is none.</summary>
    public int Device { get; private set; } = -1;

    /// <summary>
    /// The session in which the journal travels; -1 where it was not needed or is not there.
    /// </summary>
    public int Own { get; private set; } = -1;

    /// <summary>Whether the update began in the kernel that runs, or is over.</summary>
    public bool IsOldKernel => _onDisk.Value is { } found
        && (found.IsDone is not null || found.Header.Kernel.Boot == host.Boot);

    /// <summary>Finds it.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    /// <exception cref="JournalException">It is damaged.</exception>
    public Journal Find()
    {
        Journal? onDisk = _onDisk.Value;
        if (IsOldKernel)
        {
            return onDisk!;
        }

        CallResult device = calls.OpenDevice();
        Device = device.IsDone ? device.Descriptor : -1;
        Own = OwnSession();
        Journal? travelled = Own >= 0 ? FromSession() : null;
        if (onDisk is null && travelled is null)
        {
            throw ToolException.File(
                $"There is no journal '{Printable.Of(path)}', and no session "
                + $"'{MemoryJournalStore.SessionText}' was handed over by the kernel before"
                + $"{(device.IsDone ? "" : $" (/dev/liveupdate: {device.Error.Name()})")}. Name the journal: "
                + "--journal FILE.");
        }

        if (onDisk is not null && travelled is not null && onDisk.Header.Id != travelled.Header.Id)
        {
            throw new ToolException(
                ExitCodes.Refused,
                $"'{Printable.Of(path)}' is the journal of another update than the one that came over. Move "
                    + "it "
                + "away, or name another place: --journal FILE.");
        }

        return onDisk ?? JournalReader.ReadFile(path);
    }

    private static Journal ReadOwn(string path)
    {
        SharedPlace.DemandOwnersAlone(path);
        return JournalReader.ReadFile(path);
    }

    private int OwnSession()
    {
        UpdateDescriptors own = given.For(new DependencyGraphBuilder().BuildSet(), out _);
        if (own.Journal >= 0)
        {
            return own.Journal;
        }

        CallResult asked = Device >= 0
            ? calls.RetrieveSession(Device, new SessionName(MemoryJournalStore.SessionText))
            : CallResult.Failed(Errno.Invalid);
        if (asked.IsDone)
        {
            return asked.Descriptor;
        }

        foreach (HeldSession held in holders.Find())
        {
            if (held.Session == MemoryJournalStore.SessionText
                && holders.Take(held) is { IsDone: true } taken)
            {
                return taken.Descriptor;
            }
        }

        return -1;
    }

    private Journal? FromSession()
    {
        CallResult copy = calls.Retrieve(Own, MemoryJournalStore.Token);
        if (!copy.IsDone)
        {
            return null;
        }

        byte[] bytes = MemoryJournalStore.Read(calls, copy.Descriptor);
        _ = calls.Close(copy.Descriptor);
        Journal journal = JournalReader.Read(bytes);
        if (!File.Exists(path))
        {
            JournalFile.Place(path, bytes.AsSpan(0, checked((int)journal.Bytes)));
        }

        return journal;
    }
}
