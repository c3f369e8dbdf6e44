using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// What can still be done on a host that stopped half-way, and what must not be: data, as the document
/// <c>graphorder/recovery/1</c> has it. Immutable and thread-safe.
/// </summary>
public sealed record Recovery
{
    internal Recovery(string model, HostState state)
    {
        Model = model;
        State = state;
    }

    /// <summary>The lifecycle model, or <c>OLD:NEW</c>.</summary>
    public string Model { get; }

    /// <summary>The state that it was asked about.</summary>
    public HostState State { get; }

    /// <summary>What would lose something now.</summary>
    public ImmutableArray<ForbiddenAct> DoNot { get; init; } = [];

    /// <summary>New kernel: the sessions to retrieve first, in order.</summary>
    public ImmutableArray<SessionId> Sessions { get; init; } = [];

    /// <summary>
    /// New kernel: what can still come back, in a legal order: files, or objects where the model moves
    /// those.
    /// </summary>
    public ImmutableArray<ObjectId> Retrieve { get; init; } = [];

    /// <summary>
    /// New kernel: what can be finished after that, in order: sessions, or files or objects where the model
    /// finishes those. The largest set there is.
    /// </summary>
    public ImmutableArray<DependencyEnd> Finish { get; init; } = [];

    /// <summary>Old kernel: files that can still be preserved, in a legal order.</summary>
    public ImmutableArray<ObjectId> Preserve { get; init; } = [];

    /// <summary>
    /// Old kernel: sessions that can go through a kexec once what <see cref="Preserve"/> says is done.
    /// </summary>
    public ImmutableArray<SessionId> Again { get; init; } = [];

    /// <summary>Old kernel: what to close to call the update off, in order.</summary>
    public ImmutableArray<DependencyEnd> Close { get; init; } = [];

    /// <summary>Every other session, with what holds it.</summary>
    public ImmutableArray<PinnedSession> Pinned { get; init; } = [];

    /// <summary>Files that cannot come back, or be preserved, any more.</summary>
    public ImmutableArray<BlockedFile> Blocked { get; init; } = [];

    /// <summary>
    /// Dependencies that are violated already: a device may be writing into memory that is somebody else's.
    /// </summary>
    public ImmutableArray<UnmetDependency> Broken { get; init; } = [];

    /// <summary>Files that will not come back.</summary>
    public ImmutableArray<ObjectId> Lost { get; init; } = [];

    /// <summary>Old kernel: files that a freeze which was taken back killed for good.</summary>
    public ImmutableArray<ObjectId> Dead { get; init; } = [];

    /// <summary>What else is worth knowing, sorted.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>
    /// Whether everything can still be finished, or go through a kexec in the old kernel, and nothing is
    /// lost, dead, pinned, blocked or broken.
    /// </summary>
    public bool IsWhole { get; init; }
}
