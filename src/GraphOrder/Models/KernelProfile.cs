using System.Collections.Immutable;

namespace GraphOrder;

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
        Title = char.IsAsciiDigit(release[0]) ? $"Linux {release}" : release;
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

    /// <summary>
    /// 7.3.4 with the series that are posted and not merged: iommufd (2026-02-03), vfio (v5, 2026-07-14),
    /// guest_memfd (v4, 2026-07-28), orphaned VMs (RFC v1, 2026-09-20). They refuse what they look up in
    /// their own session and do not find, and memfds under an iommufd that can be resized. Strings that no
    /// posting fixes are empty.
    /// </summary>
    public static KernelProfile LinuxNext { get; } = new(
        "linux-next",
        LifecycleModel.LinuxNext,
        [
            .. Linux734.Handlers,
            new KernelHandler(ObjectKind.Iommufd, "iommufd-v1", "iommufd live update series 2026-02-03"),
            new KernelHandler(ObjectKind.VfioDevice, "", "vfio live update series v5 2026-07-14"),
            new KernelHandler(ObjectKind.GuestMemfd, "", "guest_memfd preservation v4 2026-07-28"),
            new KernelHandler(ObjectKind.KvmVm, "", "Orphan VM RFC v1 2026-09-20"),
            new KernelHandler(ObjectKind.KvmVcpu, "", "Orphan VM RFC v1 2026-09-20"),
        ],
        Linux734.Limits)
    {
        EnforcesRules = true,
        FinishDemandsRetrieved = [ObjectKind.Iommufd, ObjectKind.VfioDevice],
    };

    /// <summary>The profiles that have a name here.</summary>
    public static ImmutableArray<KernelProfile> BuiltIn { get; } = [Linux734, LinuxNext];

    /// <summary>The release, which is also the profile's name.</summary>
    public string Release { get; }

    /// <summary>What a sentence calls it: <c>Linux 7.3.4</c>.</summary>
    public string Title { get; }

    /// <summary>The order rules it follows.</summary>
    public LifecycleModel Model { get; }

    /// <summary>
    /// Whether no kernel is like this: it is one that exists or is posted, told to follow other order rules
    /// than its own.
    /// </summary>
    public bool IsHypothetical { get; private init; }

    /// <summary>The kinds that it preserves.</summary>
    public ImmutableArray<KernelHandler> Handlers { get; }

    /// <summary>Where its structures end.</summary>
    public KernelLimits Limits { get; }

    /// <summary>
    /// Whether its handlers check what the rule table wants in the same session, and the seals of what an
    /// iommu_domain maps; otherwise nothing but the guest finds out. Rows that are inferred only warn.
    /// </summary>
    public bool EnforcesRules { get; private init; }

    /// <summary>
    /// The kinds that must be retrieved before their session can be finished: the handler's can_finish says
    /// no for the others, and the whole session's finish answers EBUSY (iommufd series 2026-02-03, vfio
    /// series v5 2026-07-14). 7.3.4's one handler has no such call (mm/memfd_luo.c).
    /// </summary>
    public ImmutableArray<ObjectKind> FinishDemandsRetrieved { get; private init; } = [];

    /// <summary>Bytes of one page of memory, for all sizes here.</summary>
    public static long PageBytes => 4096;

    /// <summary>Whether it preserves a kind; otherwise the answer is ENOENT.</summary>
    public bool Handles(ObjectKind kind) => FindHandler(kind) is not null;

    /// <summary>The handler that preserves a kind; null where there is none.</summary>
    public KernelHandler? FindHandler(ObjectKind kind)
    {
        foreach (KernelHandler handler in Handlers)
        {
            if (handler.Kind == kind)
            {
                return handler;
            }
        }

        return null;
    }

    /// <summary>This kernel, were it to follow another model.</summary>
    public KernelProfile With(LifecycleModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new KernelProfile(Release, model, Handlers, Limits)
        {
            EnforcesRules = EnforcesRules,
            FinishDemandsRetrieved = FinishDemandsRetrieved,
            IsHypothetical = IsHypothetical || !model.HasRulesOf(Model),
        };
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

    /// <summary>The built-in profile of a release; null for null and for a release not known here.</summary>
    public static KernelProfile? Find(string? release) =>
        release is not null && TryFind(release, out KernelProfile? profile) ? profile : null;

    /// <summary>
    /// The kernel that follows a model: the built-in one of that model, or 7.3.4 were it to follow it.
    /// </summary>
    public static KernelProfile Of(LifecycleModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (KernelProfile candidate in BuiltIn)
        {
            if (candidate.Model == model)
            {
                return candidate;
            }
        }

        return Linux734.With(model);
    }

    /// <inheritdoc/>
    public override string ToString() => Release;
}
