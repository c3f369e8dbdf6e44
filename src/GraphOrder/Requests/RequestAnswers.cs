namespace GraphOrder;

/// <summary>Writes the answer to each kind of request. Thread-safe.</summary>
internal sealed class RequestAnswers(RequestLimits limits, KernelPair kernels, GrowingGraph growing)
{
    private const long NoVersion = -1;

    /// <summary>Whether the answer hangs on the request and the version of the growing graph alone.</summary>
    public static bool IsKept(RequestMembers members) =>
        members.Form!.Name is "plan" or "check" or "finish" or "why" or "pins" or "compare"
        && !members.Has(RequestMember.Set);

    /// <summary>Writes an answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="members">What was read of it; nothing is wrong with it so far.</param>
    /// <param name="document">Where the answer goes.</param>
    /// <param name="version">The version of the growing graph that it is about; -1 where it is not.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="RequestException">A name or value is wrong.</exception>
    /// <exception cref="MalformedDocumentException">A document is.</exception>
    public RequestStatus Write(
        ReadOnlyMemory<byte> request,
        RequestMembers members,
        AnswerStream document,
        out long version,
        CancellationToken cancellation)
    {
        version = NoVersion;
        switch (members.Form!.Name)
        {
            case "declare": return Declare(members, document, cancellation);
            case "withdraw": return Withdraw(request, members, document, cancellation);
            case "watch":
                growing.WriteVersion(document);
                return RequestStatus.Done;
            case "verify" when !members.Has(RequestMember.Set):
                return VerifyAlone(members, document, cancellation);
        }

        RequestSubject subject = SubjectOf(members, out version, cancellation);
        return members.Form.Name switch
        {
            "plan" => Plan(subject, members, document, cancellation),
            "check" => Check(subject, members, document, cancellation),
            "finish" => Finish(subject, members, document, cancellation),
            "verify" => Verify(subject, members, document, cancellation),
            "why" => Why(subject, members, document, cancellation),
            "pins" => Pins(subject, members, document, cancellation),
            "compare" => Compare(subject, document, cancellation),
            _ => Recover(subject, members, document, cancellation),
        };
    }

    private RequestSubject SubjectOf(RequestMembers members, out long version, CancellationToken cancellation)
    {
        KernelPair? asked = members.Model is { } model ? RequestNames.KernelsOf("'model'", model) : null;
        if (!members.Has(RequestMember.Set))
        {
            (FrozenGraph frozen, version) = growing.Freeze();
            return new RequestSubject(frozen.Graph, asked ?? kernels, "the growing graph");
        }

        version = NoVersion;
        SessionSet set = SessionSetReader.Read(
            new SliceStream(members[RequestMember.Set]),
            "set",
            SliceStream.LimitsOf(limits.Documents, members[RequestMember.Set]),
            cancellation);
        set = members.AcceptsDerived ? set.With([], acceptsMapped: true) : set;
        bool namesKernels = (set.Host?.Kernel ?? set.Host?.NextKernel) is not null;
        set.BeginDigest();
        return new RequestSubject(
            DependencyGraph.Of(set),
            asked ?? (namesKernels ? KernelPair.Of(set.Host) : kernels),
            "'set'");
    }

    private RequestStatus Plan(
        RequestSubject subject, RequestMembers members, AnswerStream document, CancellationToken cancellation)
    {
        PlanOptions options = RequestNames.Waivers("'waive'", members.Waive) with
        {
            WithCertificate = members.WithCertificate,
        };
        ScheduleOptions schedule = ScheduleOptions.Default with
        {
            BlackoutMicrosecondsMax = members.BlackoutMicrosecondsMax,
        };
        PlanAnswer answer = PlanRequest.Answer(
            subject.Graph, subject.Kernels, options, limits.Repairs, schedule, cancellation);
        PlanWriter.Write(document, answer.Result, answer.Repairs, answer.Schedule);
        return StatusOf(answer.Result.IsLegal);
    }

    private RequestStatus Check(
        RequestSubject subject, RequestMembers members, AnswerStream document, CancellationToken cancellation)
    {
        PlanAnswer answer = PlanRequest.Answer(
            subject.Graph,
            subject.Kernels,
            RequestNames.Waivers("'waive'", members.Waive),
            limits.Repairs,
            schedule: null,
            cancellation);
        PlanWriter.Write(document, answer.Result, answer.Repairs, answer.Schedule);
        return StatusOf(answer.IsAccepted);
    }

    private static RequestStatus Finish(
        RequestSubject subject, RequestMembers members, AnswerStream document, CancellationToken cancellation)
    {
        PlanOptions options = RequestNames.Waivers("'waive'", members.Waive);
        PlanResult result = Planner.Plan(subject.Graph, subject.Kernels, options, cancellation);
        IReadOnlyList<string> names = result.TryGetPlan(out Plan? plan)
            ? FinishRequest.Names(subject.Set, plan, subject.Kernels, members.WantsFiles)
            : [];
        FinishWriter.Write(document, result, names);
        return StatusOf(result.IsLegal);
    }

    private static RequestStatus Verify(
        RequestSubject subject, RequestMembers members, AnswerStream document, CancellationToken cancellation)
    {
        PlanResult read = ReadPlan(members, cancellation);
        VerifyResult verdict = VerifyRequest.Answer(
            subject.Set, read, members.Model is null ? null : subject.Kernels, null, cancellation);
        VerifyWriter.Write(document, subject.Set, verdict);
        return StatusOf(verdict.IsLegal);
    }

    private static RequestStatus VerifyAlone(
        RequestMembers members, AnswerStream document, CancellationToken cancellation)
    {
        if (members.Has(RequestMember.Model))
        {
            throw new RequestException(
                "'verify' takes 'model' only with a 'set'. Leave it out: a certificate names its models.");
        }

        PlanResult read = ReadPlan(members, cancellation);
        VerifyResult verdict = VerifyRequest.AnswerAlone(read, null, cancellation);
        VerifyWriter.Write(document, read.Input, verdict);
        return StatusOf(verdict.IsLegal);
    }

    private static RequestStatus Why(
        RequestSubject subject, RequestMembers members, AnswerStream document, CancellationToken cancellation)
    {
        Phase phase = members.Phase is { } named ? RequestNames.PhaseOf("'phase'", named) : Phase.Preserve;
        DependencyEnd first = subject.EndOf(members.First!, phase);
        DependencyEnd then = subject.EndOf(members.Then!, phase);
        if (first == then)
        {
            throw new RequestException("'first' and 'then' are the same. Name two things of the set.");
        }

        OrderExplanation why = OrderExplainer.Explain(
            subject.Graph, subject.Kernels, first, then, phase, cancellation);
        WhyWriter.Write(document, subject.Set, why);
        return RequestStatus.Done;
    }

    private static RequestStatus Pins(
        RequestSubject subject, RequestMembers members, AnswerStream document, CancellationToken cancellation)
    {
        DependencyEnd end = subject.EndOf(members.Object!);
        PinExplanation pins = PinExplainer.Explain(subject.Graph, subject.Kernels, end, cancellation);
        PinsWriter.Write(document, subject.Set, pins);
        return RequestStatus.Done;
    }

    private static RequestStatus Compare(
        RequestSubject subject, AnswerStream document, CancellationToken cancellation)
    {
        Comparison comparison = ModelComparer.Compare(subject.Graph, cancellation);
        ComparisonWriter.Write(document, comparison);
        return StatusOf(comparison.LegalCount > 0);
    }

    private RequestStatus Recover(
        RequestSubject subject, RequestMembers members, AnswerStream document, CancellationToken cancellation)
    {
        RecoveryOptions options = new()
        {
            Plan = members.Has(RequestMember.Plan) ? ReadPlan(members, cancellation) : null,
            AssumeQuiet = [.. members.AssumeQuiet.Select(
                id => RequestNames.QuietOf(subject.Set, "'assumeQuiet'", id))],
        };
        HostState state = HostStateReader.Read(
            new SliceStream(members[RequestMember.State]),
            subject.Set,
            "state",
            limits.Documents,
            cancellation);
        RecoveryResult result = RecoveryPlanner.Recover(
            subject.Graph, subject.Kernels, state, options, cancellation);
        RecoveryWriter.Write(document, subject.Set, result);
        return StatusOf(result.TryGetRecovery(out Recovery? recovery) && recovery.IsWhole);
    }

    private RequestStatus Declare(
        RequestMembers members, AnswerStream document, CancellationToken cancellation)
    {
        PendingSet pending = FragmentReader.Read(members[RequestMember.Set], limits.Documents, cancellation);
        return StatusOf(growing.Change(
            (live, change) => Declaration.Enter(pending, live, change), document).IsCommitted);
    }

    private RequestStatus Withdraw(
        ReadOnlyMemory<byte> request,
        RequestMembers members,
        AnswerStream document,
        CancellationToken cancellation)
    {
        bool isAny = members.Has(RequestMember.Sessions) || members.Has(RequestMember.Objects)
            || members.Has(RequestMember.Dependencies) || members.Has(RequestMember.Areas);
        if (!isAny)
        {
            throw new RequestException(
                "'withdraw' names nothing. Give it 'sessions', 'objects', 'dependencies' or 'areas'.");
        }

        Withdrawal read = Withdrawal.Read(request, limits.Documents, cancellation);
        return StatusOf(growing.Change(read.Enter, document).IsCommitted);
    }

    private static PlanResult ReadPlan(RequestMembers members, CancellationToken cancellation) =>
        PlanReader.Read(new SliceStream(members[RequestMember.Plan]), "plan", cancellation);

    private static RequestStatus StatusOf(bool isDone) =>
        isDone ? RequestStatus.Done : RequestStatus.Refused;
}
