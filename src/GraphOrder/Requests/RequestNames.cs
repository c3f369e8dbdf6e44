namespace GraphOrder;

/// <summary>
/// What a request names, found: objects, sessions, models, phases, waivers; or one sentence that says what
/// was probably meant. Every face calls these, so that they say the same. Thread-safe.
/// </summary>
public static class RequestNames
{
    private const char Separator = ':';

    /// <summary>The sentence for a value that nobody knows.</summary>
    /// <param name="what">How the face calls what takes the value.</param>
    /// <param name="value">The value.</param>
    /// <param name="known">The values that are known.</param>
    public static string WrongValue(string what, string value, IReadOnlyList<string> known)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(known);
        string meant = Similarity.Nearest(value, [.. known]) is { } nearest
            ? $" Did you mean '{nearest}'?"
            : "";
        return $"{what} cannot be '{Printable.Of(value)}'.{meant} Known: {string.Join(", ", known)}.";
    }

    /// <summary>The phase of a name.</summary>
    /// <exception cref="RequestException">There is none.</exception>
    public static Phase PhaseOf(string what, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Phases.TryParse(text, out Phase phase))
        {
            return phase;
        }

        string[] known = [.. Phases.All.ToArray().Select(static found => found.Name())];
        throw new RequestException(WrongValue(what, text, known));
    }

    /// <summary>The waivers that somebody writes.</summary>
    /// <exception cref="RequestException">One cannot be read.</exception>
    public static PlanOptions Waivers(string what, IReadOnlyList<string> waived)
    {
        ArgumentNullException.ThrowIfNull(waived);
        List<Waiver> waivers = [];
        foreach (string text in waived)
        {
            waivers.Add(Waiver.TryParse(text, out Waiver? waiver)
                ? waiver
                : throw new RequestException(
                    $"{what} cannot be '{Printable.Of(text)}'. Write 'DEPENDENT=>ON' or "
                    + "'DEPENDENT=>ON@PHASE', in quotes."));
        }

        return waivers.Count == 0 ? PlanOptions.Default : new PlanOptions { Waivers = [.. waivers] };
    }

    /// <summary>The object or session of a name.</summary>
    /// <param name="set">The set.</param>
    /// <param name="where">How messages call it.</param>
    /// <param name="text">An id, or <c>session:NAME</c>.</param>
    /// <param name="actsOf">The phase of which an act may be named too; null for none.</param>
    /// <param name="phaseWord">How the face names a phase: what stands in front of its name.</param>
    /// <exception cref="RequestException">It is not there.</exception>
    public static DependencyEnd EndOf(
        SessionSet set, string where, string text, Phase? actsOf = null, string phaseWord = "")
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.TryFindEnd(text, out DependencyEnd end))
        {
            ActFacts? act = end.IsSession ? null : set.Objects[end.ObjectId.Index].Act;
            return act is null || act.Phase == actsOf ? end
                : throw new RequestException(actsOf is null
                    ? $"'{Printable.Of(text)}' is an act; name an object or a session. Where acts stand is "
                        + "in the plan."
                    : $"'{Printable.Of(text)}' is an act of {act.Phase.Name()}. Ask with {phaseWord}"
                        + $"{act.Phase.Name()}.");
        }

        string meant = Similarity.NearestEnd(set, text) is { } nearest
            ? $" Did you mean '{Printable.Of(nearest)}'?"
            : " A session is written 'session:NAME'.";
        throw new RequestException($"There is no '{Printable.Of(text)}' in {Printable.Of(where)}.{meant}");
    }

    /// <summary>What somebody says is quiet: an object, an act too, or a session.</summary>
    /// <exception cref="RequestException">It is not there.</exception>
    public static DependencyEnd QuietOf(SessionSet set, string what, string id)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.TryFindEnd(id, out DependencyEnd end))
        {
            return end;
        }

        string meant = Similarity.NearestEnd(set, id) is { } nearest
            ? $"Did you mean '{Printable.Of(nearest)}'?"
            : "A whole session is written session:NAME.";
        throw new RequestException(
            $"{what} names '{Printable.Of(id)}', which is not in the set. {meant}");
    }

    /// <summary>The kernels of <c>MODEL</c> or <c>OLD:NEW</c>, by names of models.</summary>
    /// <exception cref="RequestException">A name is not known, or the two do not fit.</exception>
    public static KernelPair KernelsOf(string what, string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        string[] parts = model.Split(Separator, 2);
        LifecycleModel old = ModelOf(what, parts[0]);
        return KernelsOf(old, parts.Length == 1 ? old : ModelOf(what, parts[1]));
    }

    /// <summary>The kernels of two models.</summary>
    /// <exception cref="RequestException">The two do not fit.</exception>
    public static KernelPair KernelsOf(LifecycleModel old, LifecycleModel next)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(next);
        if (old.Name == next.Name && !old.HasRulesOf(next))
        {
            throw new RequestException(
                $"Both models are called '{Printable.Of(old.Name)}', and their rules differ. Rename one: a "
                + "plan names its models and nothing else.");
        }

        if (KernelPair.Check(old, next, out Phase flawed) != ModelFlaw.None)
        {
            throw new RequestException(
                $"{Printable.Of(old.Name)} and {Printable.Of(next.Name)} do not fit: the next kernel runs "
                + $"{flawed.Name()} as '{next[flawed].InsideText}', and the old one preserves objects one by "
                + "one, which makes no order of files. Name an old model whose preserve takes files.");
        }

        return new KernelPair(KernelProfile.Of(old), KernelProfile.Of(next));
    }

    private static LifecycleModel ModelOf(string what, string name)
    {
        if (LifecycleModel.TryFind(name, out LifecycleModel? model))
        {
            return model!;
        }

        string[] known = [.. LifecycleModel.BuiltIn.Select(static found => found.Name)];
        throw new RequestException(WrongValue(what, name, known));
    }
}
