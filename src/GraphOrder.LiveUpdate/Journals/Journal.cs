using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>What a journal says, as far as it is whole. Immutable.</summary>
/// <param name="Header">The first record.</param>
public sealed record Journal(JournalHeader Header)
{
    /// <summary>The documents by name, <c>set</c> and <c>plan</c>.</summary>
    public ImmutableDictionary<string, string> Documents { get; init; } =
        ImmutableDictionary<string, string>.Empty;

    /// <summary>What was found in page tables: a domain and what it maps, in the order written.</summary>
    public ImmutableArray<WalkedRecord> Walked { get; init; } = [];

    /// <summary>The memfds by id; of several records of one the last.</summary>
    public ImmutableDictionary<string, MemoryRecord> Memories { get; init; } =
        ImmutableDictionary<string, MemoryRecord>.Empty;

    /// <summary>The acts in the order in which they began.</summary>
    public ImmutableArray<StepRecord> Steps { get; init; } = [];

    /// <summary>
    /// The kernels, and the processes in them, in the order in which they took over; at least one.
    /// </summary>
    public ImmutableArray<KernelIdentity> Kernels { get; init; } = [];

    /// <summary>What differs of each memfd that was compared, by id.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Checked { get; init; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The objects whose descriptors somebody else holds.</summary>
    public ImmutableHashSet<string> Handed { get; init; } = [];

    /// <summary>The sessions that were closed to call the update off.</summary>
    public ImmutableHashSet<string> Closed { get; init; } = [];

    /// <summary>Whether nothing is left to do, and the update was done; null while something is.</summary>
    public bool? IsDone { get; init; }

    /// <summary>Whether a jump was asked for.</summary>
    public bool HasJumped => Steps.Any(static step => step.Verb == StepVerb.Kexec);

    /// <summary>
    /// Whether the kernel in which it was begun is gone, without a jump that was asked for in it: nothing of
    /// what was preserved there can be anywhere. Under another's custody somebody else asks for the jump,
    /// once everything is preserved.
    /// </summary>
    /// <param name="boot">The kernel that runs.</param>
    public bool EndedWithItsKernel(string boot) =>
        boot != Header.Kernel.Boot
        && !HasJumped
        && (Header.Custody == CustodyKind.Self
            || !Steps.Any(static step => step is { Step: 0, Verb: StepVerb.Preserve }));

    /// <summary>
    /// Whether the session that brings the journal over was not finished: it holds nothing of a guest, and
    /// its name is taken until it is.
    /// </summary>
    public bool IsOwnSessionLeft => IsDone is null
        && !Steps.Any(static step => step is { Step: 0, Verb: StepVerb.Finish, IsDone: true });

    /// <summary>How many records are whole.</summary>
    public int RecordCount { get; init; }

    /// <summary>How many bytes they take.</summary>
    public long Bytes { get; init; }

    /// <summary>The sum of the last of them.</summary>
    public uint Sum { get; init; }

    /// <summary>Whether a last record was being written when the process ended.</summary>
    public bool IsTorn { get; init; }
}

/// <summary>What the page table of a domain maps, by id.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Owners">Whose memory.</param>
public sealed record WalkedRecord(string Domain, ImmutableArray<WalkedOwner> Owners);

/// <summary>A memfd that a page table maps.</summary>
/// <param name="Memfd">Its id.</param>
/// <param name="FirstIova">The lowest I/O virtual address that leads into it.</param>
/// <param name="FirstPhysical">Where that leads.</param>
/// <param name="Bytes">How many bytes are mapped.</param>
/// <param name="Access">What a device may do.</param>
public readonly record struct WalkedOwner(
    string Memfd, ulong FirstIova, ulong FirstPhysical, long Bytes, Access Access);
