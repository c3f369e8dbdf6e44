using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Requests;

/// <summary>Which hosts fall together, and that nothing hangs on how many are planned at once.</summary>
[TestFixture]
public sealed class SurveyRequestTests
{
    private const int Seed = 731;

    private static readonly PhaseSet Finish = PhaseSet.Of(Phase.Finish);

    private static Survey Ask(params SurveyHost[] hosts) => SurveyRequest.Answer(hosts);

    [Test]
    public void The_same_trouble_with_other_ids_is_one_cause()
    {
        Survey survey = Ask(
            SurveyHosts.Of("h1", SurveyHosts.Crossed("vm", Finish)),
            SurveyHosts.Of("h2", SurveyHosts.Crossed("guest", Finish, isTurned: true)),
            SurveyHosts.Of("h3", SurveyHosts.Ready("idle")));

        SurveyCause cause = survey.Causes.Single();
        Assert.That(cause.Key.Code, Is.EqualTo(DiagnosticCode.SessionCycle));
        Assert.That(cause.Hosts, Is.EqualTo(new[] { 0, 1 }));
        Assert.That((survey.ReadyCount, survey.CountOf(HostVerdict.NoOrder)), Is.EqualTo((1, 2)));
        Assert.That(
            SurveySentences.Of(cause.Key),
            Is.EqualTo("a cycle of sessions: memfd needs memfd (2 times); in finish"));
    }

    [Test]
    public void Another_phase_another_kind_and_another_rule_are_other_causes()
    {
        SurveyHost finish = SurveyHosts.Of("finish", SurveyHosts.Crossed("a", Finish));
        SurveyHost[] others =
        [
            SurveyHosts.Of("phase", SurveyHosts.Crossed("a", PhaseSet.Of(Phase.Freeze))),
            SurveyHosts.Of("both", SurveyHosts.Crossed("a", PhaseSet.Of(Phase.Freeze, Phase.Finish))),
            SurveyHosts.Of("kind", SurveyHosts.Crossed("a", Finish, ObjectKind.File)),
        ];
        foreach (SurveyHost other in others)
        {
            Survey survey = Ask(finish, other);
            int[] counts = [.. survey.Causes
                .Where(cause => cause.Key.Code == DiagnosticCode.SessionCycle)
                .Select(cause => cause.Hosts.Length)];
            Assert.That(counts, Is.EqualTo(new[] { 1, 1 }), other.Name);
        }

        CauseKey[] keys =
        [
            .. ((string[])["linux-7.3", "linux-next"]).Select(model => SurveyRequest.Answer(
                [finish], new SurveyOptions { Kernels = RequestNames.KernelsOf("model", model) })
                .Causes.First(cause => cause.Key.Code == DiagnosticCode.SessionCycle).Key),
        ];
        Assert.That(keys[0], Is.Not.EqualTo(keys[1]), "the rule is another model's");
    }

    [Test]
    public void A_walk_is_the_same_wherever_it_is_begun()
    {
        DiagnosticFact[] none = [];
        CauseKey[] keys = new CauseKey[3];
        for (int first = 0; first < keys.Length; first++)
        {
            DependencyGraphBuilder builder = new DependencyGraphBuilder().AddSession("s", out SessionId session);
            ObjectKind[] kinds = [ObjectKind.Memfd, ObjectKind.File, ObjectKind.Custom("x-third")];
            ObjectId[] ids = new ObjectId[kinds.Length];
            for (int i = 0; i < kinds.Length; i++)
            {
                int place = (first + i) % kinds.Length;
                builder.AddFile(session, $"o{i}", kinds[place], out ids[place]);
            }

            for (int i = 0; i < kinds.Length; i++)
            {
                builder.AddDependency(ids[i], ids[(i + 1) % ids.Length], phases: PhaseSet.Of(Phase.Preserve));
            }

            SessionSet set = builder.BuildSet();
            Diagnostic cycle = Planner.Plan(set, KernelPair.Linux73).Diagnostics[0];
            keys[first] = CauseKey.Of(cycle, set);
        }

        Assert.That(keys[0].Steps, Has.Length.EqualTo(3));
        Assert.That(keys[0].Facts, Is.EqualTo(none));
        Assert.That(keys.Distinct().Count(), Is.EqualTo(1));
        Assert.That(keys.Select(key => key.GetHashCode()).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_kernel_that_refuses_is_no_missing_order()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "gpu", ObjectKind.VfioDevice, out _)
            .AddFile(session, "nic", ObjectKind.VfioDevice, out _)
            .BuildSet();

        Survey survey = Ask(SurveyHosts.Of("h", set));

        Assert.That(survey.Hosts[0].Verdict, Is.EqualTo(HostVerdict.NotAccepted));
        Assert.That(survey.Causes.Single().WayOut, Is.Null, "there is an order already");
        Assert.That(
            SurveySentences.Of(survey.Causes[0].Key), Is.EqualTo("7.3.4 has no handler for vfio-device"));
    }

    [Test]
    public void A_host_with_several_causes_is_in_each_and_is_no_example_where_another_has_one()
    {
        SurveyHost both = SurveyHosts.Of("a", SurveyHosts.Crossed("a", Finish, ObjectKind.Iommufd));
        SessionSet device = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session).AddFile(session, "x", ObjectKind.Iommufd, out _).BuildSet();

        Survey survey = Ask(both, SurveyHosts.Of("b", device));

        Assert.That(survey.HasHostsInSeveralCauses, Is.True);
        Assert.That(
            survey.Causes.Select(
                cause => (cause.Key.Code, cause.Hosts.Length, survey.Hosts[cause.Example].Host)),
            Is.EqualTo(new[] { (DiagnosticCode.NoHandler, 2, "b"), (DiagnosticCode.SessionCycle, 1, "a") }));
        Assert.That(Ask(both, SurveyHosts.Of("c", SurveyHosts.Ready("c"))).HasHostsInSeveralCauses, Is.True);
        Assert.That(Ask(SurveyHosts.Of("b", device)).HasHostsInSeveralCauses, Is.False);
    }

    [Test]
    public void The_way_out_makes_the_example_legal()
    {
        Survey survey = Ask(SurveyHosts.Of("h", SurveyHosts.Crossed("vm", Finish)));

        SurveyWayOut wayOut = survey.Causes.Single().WayOut!;
        Assert.That(Planner.Plan(wayOut.Repair.Changed, KernelPair.Linux73).IsLegal, Is.True);
        Assert.That(wayOut.Number, Is.EqualTo(1 + PlanRequest.Answer(
            SurveyHosts.Crossed("vm", Finish), KernelPair.Linux73).Repairs.ChosenIndex));
    }

    [Test]
    public void An_example_that_has_changed_meanwhile_gets_no_way_out()
    {
        int readCount = 0;
        SurveyHost changing = new("h", _ => SurveyHosts.Crossed(readCount++ == 0 ? "before" : "after", Finish));

        Survey survey = Ask(changing);

        Assert.That(readCount, Is.EqualTo(2));
        Assert.That(survey.Causes.Single().WayOut, Is.Null);
    }

    [Test]
    public void Two_hosts_of_one_name_are_answered_both()
    {
        Survey survey = Ask(
            SurveyHosts.Of("h", SurveyHosts.Crossed("a", Finish)), SurveyHosts.Of("h", SurveyHosts.Ready("b")));

        Assert.That((survey.Hosts.Length, survey.ReadyCount), Is.EqualTo((2, 1)));
        Assert.That(survey.Causes.Single().WayOut, Is.Not.Null);
    }

    [Test]
    public void Ways_out_are_looked_for_up_to_the_limit()
    {
        SurveyHost[] hosts =
        [
            SurveyHosts.Of("a", SurveyHosts.Crossed("a", Finish)),
            SurveyHosts.Of("b", SurveyHosts.Crossed("b", PhaseSet.Of(Phase.Freeze))),
        ];
        Survey survey = SurveyRequest.Answer(hosts, new SurveyOptions { WayOutCountMax = 1 });

        Assert.That(survey.Causes.Select(cause => cause.WayOut is null), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public void What_is_no_set_is_a_host_that_cannot_be_updated_and_another_document_is_left_out()
    {
        Survey survey = Ask(
            SurveyHosts.Of("cut", "{ \"schema\": "),
            SurveyHosts.Of("later", """{ "schema": "graphorder/session-set/2" }"""),
            SurveyHosts.Of("foreign", """{ "name": "package" }"""),
            SurveyHosts.Of("plan", """{ "schema": "graphorder/plan/1", "phases": [] }"""),
            new SurveyHost("gone", _ => throw new HostUnreadableException("it is gone")));

        Assert.That(
            survey.Hosts.Select(host => $"{host.Host} {host.Verdict}"),
            Is.EqualTo(new[] { "cut Malformed", "foreign Malformed", "gone Unreadable", "later Malformed" }));
        Assert.That(
            survey.LeftOut, Is.EqualTo(new[] { new LeftOutDocument("plan", "graphorder/plan/1") }));
        Assert.That(survey.IsReady, Is.False);
    }

    [Test]
    public void The_answer_is_the_same_whatever_runs_at_once_and_in_whatever_order_hosts_come()
    {
        RandomSets sets = new(Seed, withActs: true);
        SurveyHost[] hosts =
        [
            .. Enumerable.Range(0, 120).Select(i => SurveyHosts.Of(
                $"h{i:D3}", sets.Next(objectMax: 12, sessionMax: 3, isOrdered: i % 3 == 0))),
            SurveyHosts.Of("broken", "{"),
            SurveyHosts.Of("plan", """{ "schema": "graphorder/plan/1" }"""),
        ];

        Survey alone = SurveyRequest.Answer(hosts, new SurveyOptions { JobCount = 1 });
        Survey many = SurveyRequest.Answer([.. hosts.Reverse()], new SurveyOptions { JobCount = 8 });

        Assert.That(alone.Causes, Has.Length.GreaterThan(5), $"seed {Seed}");
        Assert.That(alone.Causes.Count(cause => cause.WayOut is not null), Is.GreaterThan(2), $"seed {Seed}");
        Assert.That(SurveyHosts.Document(many), Is.EqualTo(SurveyHosts.Document(alone)), $"seed {Seed}");
    }

    [Test]
    public void It_can_be_cancelled_and_what_is_wrong_with_the_program_is_not_wrapped()
    {
        using CancellationTokenSource source = new();
        SurveyHost cancelling = new("h", cancellation =>
        {
            source.Cancel();
            cancellation.ThrowIfCancellationRequested();
            return SurveyHosts.Ready("h");
        });
        SurveyHost failing = new("f", _ => throw new InvalidOperationException("a defect"));

        Assert.That(
            () => SurveyRequest.Answer([cancelling], null, source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            () => SurveyRequest.Answer([failing]),
            Throws.TypeOf<InvalidOperationException>().With.Message.EqualTo("a defect"));
    }

    [Test]
    public void No_job_is_no_way_to_run() => Assert.That(
        () => new SurveyOptions { JobCount = 0 }, Throws.TypeOf<ArgumentOutOfRangeException>());
}
