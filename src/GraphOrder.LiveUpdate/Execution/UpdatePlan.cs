using System.Collections.Immutable;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// All that running an update needs to know: the set, the plan, their texts, and the numbered steps.
/// Immutable and thread-safe.
/// </summary>
public sealed class UpdatePlan
{
    private UpdatePlan(SessionSet set, Plan plan, KernelPair kernels, string setText, string planText)
    {
        Graph = DependencyGraph.Of(set);
        Plan = plan;
        Kernels = kernels;
        SetText = setText;
        PlanText = planText;
        Steps = new RunSteps(Graph, kernels, plan);
    }

    /// <summary>The set's graph.</summary>
    public DependencyGraph Graph { get; }

    /// <summary>The set.</summary>
    public SessionSet Set => Graph.Set;

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>The two kernels, as the plan names their models.</summary>
    public KernelPair Kernels { get; }

    /// <summary>What the caller does, numbered.</summary>
    public RunSteps Steps { get; }

    /// <summary>The set's document.</summary>
    public string SetText { get; }

    /// <summary>The plan's document.</summary>
    public string PlanText { get; }

    /// <summary>Brings a set and its plan together.</summary>
    /// <param name="set">The set, with what was found in its page tables.</param>
    /// <param name="plan">The plan; verified by <see cref="PlanVerifier"/> before anybody runs it.</param>
    /// <param name="setText">The set's document.</param>
    /// <param name="planText">The plan's document.</param>
    /// <exception cref="RequestException">The plan's models are not known.</exception>
    /// <exception cref="ArgumentException">The plan names what the set does not have.</exception>
    public static UpdatePlan Of(SessionSet set, Plan plan, string setText, string planText)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(plan);
        return new UpdatePlan(
            set, plan, RequestNames.KernelsOf("the plan's model", plan.Model), setText, planText);
    }

    /// <summary>Takes an update from its journal.</summary>
    /// <exception cref="JournalException">The journal lacks a document, or they do not fit.</exception>
    public static UpdatePlan Of(Journal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        if (!journal.Documents.TryGetValue("set", out string? setText)
            || !journal.Documents.TryGetValue("plan", out string? planText))
        {
            throw new JournalException("ends before its set and plan; nothing was done yet");
        }

        try
        {
            SessionSet set = SessionSet.Read(StreamOf(setText), "the journal's set");
            set = journal.Walked.IsEmpty ? set : set.With(WalkedOf(set, journal), acceptsMapped: true);
            PlanResult read = PlanReader.Read(StreamOf(planText), "the journal's plan");
            return read.TryGetPlan(out Plan? plan)
                ? Of(set, plan, setText, planText)
                : throw new JournalException("holds a plan that is a refusal");
        }
        catch (Exception error) when (
            error is MalformedDocumentException or RequestException or ArgumentException)
        {
            throw new JournalException($"holds documents that do not fit: {error.Message}");
        }
    }

    private static ImmutableArray<WalkedDomain> WalkedOf(SessionSet set, Journal journal)
    {
        ImmutableArray<WalkedDomain>.Builder walked = ImmutableArray.CreateBuilder<WalkedDomain>();
        foreach (WalkedRecord record in journal.Walked)
        {
            walked.Add(new WalkedDomain(Find(set, record.Domain))
            {
                Owners =
                [
                    .. record.Owners.Select(owner => new MappedOwner(
                        Find(set, owner.Memfd),
                        owner.FirstIova,
                        owner.FirstPhysical,
                        owner.Bytes,
                        owner.Access)),
                ],
            });
        }

        return walked.ToImmutable();
    }

    private static ObjectId Find(SessionSet set, string id) => set.TryFind(id, out ObjectId found)
        ? found
        : throw new ArgumentException($"'{id}' is not in the set.");

    private static MemoryStream StreamOf(string text) => new(Encoding.UTF8.GetBytes(text));
}
