namespace GraphOrder.LiveUpdate;

/// <summary>Says in the journal what a step does, before and after it. Allocates nothing.</summary>
internal sealed class RunJournal(UpdatePlan plan, RunContext context)
{
    private long _began;

    /// <summary>The step is on disk when this comes back.</summary>
    public void Begin(RunStep step)
    {
        ReadOnlySpan<byte> session = step.Session is { } own ? plan.Set.SessionNames.Utf8(own.Index) : [];
        ReadOnlySpan<byte> id = step.Object is { } file ? plan.Set.Utf8NameOf(file) : [];
        ulong? token = step.Object is { } known && plan.Graph[known].IsFile
            ? plan.Graph.TokenOf(known)
            : null;
        context.Journal.Begin(step.Number, step.Verb, session, id, token);
        _began = context.Time.GetTimestamp();
    }

    /// <summary>The same for the session that the journal itself travels in.</summary>
    public void BeginOwn(StepVerb verb)
    {
        ulong? token = verb is StepVerb.Preserve or StepVerb.Retrieve ? MemoryJournalStore.Token : null;
        context.Journal.Begin(0, verb, "graphorder"u8, [], token);
        _began = context.Time.GetTimestamp();
    }

    /// <summary>How the step ended.</summary>
    public void End(int step, Errno error, string? why = null)
    {
        TimeSpan taken = context.Time.GetElapsedTime(_began);
        context.Journal.End(step, taken.Ticks / TimeSpan.TicksPerMicrosecond, error, why);
    }
}
