using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What a kernel does when it is asked to preserve a kind. Immutable.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Compatible">The compatible string that goes into the hand-over.</param>
/// <param name="Source">Where that is read.</param>
public sealed record KernelHandler(ObjectKind Kind, string Compatible, string Source);

/// <summary>The sizes at which a kernel's own structures end. Immutable.</summary>
/// <param name="SessionsPerBlock">
/// Sessions in one page of the hand-over (80 bytes each after a header of 16).
/// </param>
/// <param name="FilesPerBlock">
/// Files in one page of the hand-over (64 bytes each after a header of 16).
/// </param>
/// <param name="BlocksMax">Greatest number of pages in a chain.</param>
/// <param name="FlbsMax">Greatest number of file-lifecycle-bound objects.</param>
/// <param name="MemfdBytesAllocatable">
/// A memfd of this size or more makes preserve fail with ENOMEM: its array of page pointers passes INT_MAX.
/// </param>
/// <param name="MemfdBytesMax">Above this, EFBIG: the pages no longer fit an unsigned int.</param>
public sealed record KernelLimits(
    int SessionsPerBlock,
    int FilesPerBlock,
    int BlocksMax,
    int FlbsMax,
    long MemfdBytesAllocatable,
    long MemfdBytesMax)
{
    /// <summary>Greatest number of sessions.</summary>
    public long SessionsMax => (long)SessionsPerBlock * BlocksMax;

    /// <summary>Greatest number of files in a session.</summary>
    public long FilesMax => (long)FilesPerBlock * BlocksMax;
}

/// <summary>
/// What one kernel accepts and what it costs: data, each fact with its source in <c>Models/README.md</c>.
/// Immutable.
/// </summary>
public sealed class KernelProfile
{
    private KernelProfile(
        string release, LifecycleModel model, ImmutableArray<KernelHandler> handlers, KernelLimits limits)
    {
        Release = release;
        Model = model;
        Handlers = handlers;
        Limits = limits;
    }

    /// <summary>
    /// Linux 7.3.4. One handler, for shmem memfds (mm/memfd_luo.c); blocks of 51 sessions and 63 files
    /// (include/linux/kho/abi/block.h), chains of at most 10,000 blocks (kho_block.c), 63 FLBs (luo_flb.c).
    /// </summary>
    public static KernelProfile Linux734 { get; } = new(
        "7.3.4",
        LifecycleModel.Linux73,
        [new KernelHandler(ObjectKind.Memfd, "memfd-v2", "mm/memfd_luo.c")],
        new KernelLimits(51, 63, 10_000, 63, 1L << 40, 1L << 44));

    /// <summary>The profiles that have a name here.</summary>
    public static ImmutableArray<KernelProfile> BuiltIn { get; } = [Linux734];

    /// <summary>The release, which is also the profile's name.</summary>
    public string Release { get; }

    /// <summary>The order rules it follows.</summary>
    public LifecycleModel Model { get; }

    /// <summary>The kinds that it preserves.</summary>
    public ImmutableArray<KernelHandler> Handlers { get; }

    /// <summary>Where its structures end.</summary>
    public KernelLimits Limits { get; }

    /// <summary>Bytes of one page of memory, for all sizes here.</summary>
    public static long PageBytes => 4096;

    /// <summary>Whether it preserves a kind; otherwise the answer is ENOENT.</summary>
    public bool Handles(ObjectKind kind)
    {
        foreach (KernelHandler handler in Handlers)
        {
            if (handler.Kind == kind)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds a built-in profile by its release.</summary>
    public static bool TryFind(string release, out KernelProfile? profile)
    {
        foreach (KernelProfile candidate in BuiltIn)
        {
            if (candidate.Release == release)
            {
                profile = candidate;
                return true;
            }
        }

        profile = null;
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => Release;
}

/// <summary>
/// The two kernels of an update: preserve, freeze, unfreeze and unpreserve follow the old one's model,
/// retrieve and finish the next one's. Immutable.
/// </summary>
/// <param name="Old">The kernel that runs now.</param>
/// <param name="Next">The kernel that will run.</param>
public sealed record KernelPair(KernelProfile Old, KernelProfile Next)
{
    /// <summary>From Linux 7.3.4 into Linux 7.3.4.</summary>
    public static KernelPair Linux73 { get; } = new(KernelProfile.Linux734, KernelProfile.Linux734);

    /// <summary>
    /// Finds the built-in kernels whose models a plan names, as <see cref="ModelName"/> writes them.
    /// </summary>
    public static bool TryFindByModel(string modelName, out KernelPair? kernels)
    {
        ArgumentNullException.ThrowIfNull(modelName);
        int colon = modelName.IndexOf(':');
        KernelProfile? old = Find(colon < 0 ? modelName : modelName[..colon]);
        KernelProfile? next = Find(colon < 0 ? modelName : modelName[(colon + 1)..]);
        kernels = old is null || next is null ? null : new KernelPair(old, next);
        return kernels is not null;
    }

    private static KernelProfile? Find(string modelName)
    {
        foreach (KernelProfile profile in KernelProfile.BuiltIn)
        {
            if (profile.Model.Name == modelName)
            {
                return profile;
            }
        }

        return null;
    }

    /// <summary>The rule of a phase: of the kernel in which it runs.</summary>
    public PhaseRule this[Phase phase] => (phase.IsInNewKernel() ? Next : Old).Model[phase];

    /// <summary>The model as documents name it: one name, or <c>OLD:NEW</c> where they differ.</summary>
    public string ModelName => Old.Model.Name == Next.Model.Name
        ? Old.Model.Name
        : $"{Old.Model.Name}:{Next.Model.Name}";
}
