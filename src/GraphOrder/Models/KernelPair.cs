using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// The two kernels of an update: preserve, freeze, unfreeze and unpreserve follow the old one's model,
/// retrieve and finish the next one's. Immutable.
/// </summary>
public sealed record KernelPair
{
    /// <summary>Two kernels.</summary>
    /// <param name="old">The kernel that runs now.</param>
    /// <param name="next">The kernel that will run.</param>
    /// <exception cref="ArgumentException">
    /// Their models do not fit: the next one takes files in an order that the old one does not make.
    /// </exception>
    public KernelPair(KernelProfile old, KernelProfile next)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(next);
        ModelFlaw flaw = Check(old.Model, next.Model, out Phase flawed);
        if (flaw != ModelFlaw.None)
        {
            throw new ArgumentException($"{old.Model}:{next.Model}: {flawed.Name()}: {flaw}.", nameof(next));
        }

        Old = old;
        Next = next;
    }

    /// <summary>The same kernel twice.</summary>
    public KernelPair(KernelProfile both)
        : this(both, both)
    {
    }

    /// <summary>From Linux 7.3.4 into Linux 7.3.4.</summary>
    public static KernelPair Linux73 { get; } = new(KernelProfile.Linux734);

    /// <summary>The kernel that runs now.</summary>
    public KernelProfile Old { get; }

    /// <summary>The kernel that will run.</summary>
    public KernelProfile Next { get; }

    /// <summary>The orders of sessions that the six phases name, each once, in phase order.</summary>
    public ImmutableArray<SessionOrder> NamedOrders => PhaseRules.OrdersNamedBy(phase => this[phase]);

    /// <summary>The model as documents name it: one name, or <c>OLD:NEW</c> where they differ.</summary>
    public string ModelName => Old.Model.Name == Next.Model.Name
        ? Old.Model.Name
        : $"{Old.Model.Name}:{Next.Model.Name}";

    /// <summary>The rule of a phase: of the kernel in which it runs.</summary>
    public PhaseRule this[Phase phase] => (phase.IsInNewKernel() ? Next : Old).Model[phase];

    /// <summary>
    /// Whether the next kernel takes what the old one preserves of a kind. It looks for the compatible string
    /// that was written, not for the kind; where no posting fixes the string, the kind decides. False too
    /// where the old kernel preserves none.
    /// </summary>
    public bool HandsOver(ObjectKind kind) =>
        Old.FindHandler(kind) is { } preserving
        && Next.FindHandler(kind) is { } retrieving
        && (preserving.Compatible == retrieving.Compatible
            || preserving.Compatible.Length == 0
            || retrieving.Compatible.Length == 0);

    /// <summary>Both kernels were they to follow one model.</summary>
    public static KernelPair Of(LifecycleModel model) => new(KernelProfile.Of(model));

    /// <summary>
    /// The kernels that a set's host names; 7.3.4 where it names none or one that is not known here
    /// (<see cref="DiagnosticCode.UnknownKernel"/> says so), and where the two do not fit.
    /// </summary>
    public static KernelPair Of(HostFacts? host)
    {
        KernelProfile old = KernelProfile.Find(host?.Kernel) ?? KernelProfile.Linux734;
        KernelProfile next = KernelProfile.Find(host?.NextKernel) ?? old;
        return Check(old.Model, next.Model, out _) == ModelFlaw.None ? new KernelPair(old, next) : Linux73;
    }

    /// <summary>What is wrong with two models one after the other, where something is.</summary>
    public static ModelFlaw Check(LifecycleModel old, LifecycleModel next, out Phase flawed)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(next);
        return PhaseRules.Check(phase => (phase.IsInNewKernel() ? next : old)[phase], out flawed);
    }

    /// <summary>
    /// Finds the built-in kernels whose models a plan names, as <see cref="ModelName"/> writes them; false
    /// also where the two do not fit.
    /// </summary>
    public static bool TryFindByModel(string modelName, out KernelPair? kernels)
    {
        ArgumentNullException.ThrowIfNull(modelName);
        string[] names = modelName.Split(':', 2);
        kernels = LifecycleModel.TryFind(names[0], out LifecycleModel? old)
            && LifecycleModel.TryFind(names[^1], out LifecycleModel? next)
            && Check(old!, next!, out _) == ModelFlaw.None
            ? new KernelPair(KernelProfile.Of(old!), KernelProfile.Of(next!))
            : null;
        return kernels is not null;
    }
}
