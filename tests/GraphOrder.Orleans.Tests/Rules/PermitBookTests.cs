namespace GraphOrder.Orleans.Tests;

[TestFixture]
public sealed class PermitBookTests
{
    private readonly SimulatedTime _clock = new();
    private PermitBookState _state = new();

    private static readonly EventReference Ended = new("host/a", 2);

    [SetUp]
    public void Anew()
    {
        _clock.Now = TimeSpan.Zero;
        _state = new PermitBookState
        {
            Policy = new DomainPolicy { AwayMax = 2, Settle = TimeSpan.FromSeconds(60), FailuresMax = 1 },
        };
    }

    [Test]
    public void No_more_hosts_go_than_the_cap_allows_and_the_same_question_gets_the_same_answer()
    {
        PermitBook book = Book();
        Assert.That(book.Take(Of("a"), out long first), Is.EqualTo(PermitAnswer.Granted));
        Assert.That(book.Take(Of("b"), out _), Is.EqualTo(PermitAnswer.Granted));
        Assert.That(book.Take(Of("c"), out long none), Is.EqualTo(PermitAnswer.Full));
        Assert.That(book.Take(Of("a"), out long again), Is.EqualTo(PermitAnswer.Granted));

        Assert.That((first, none, again), Is.EqualTo((1L, 0L, 1L)));
        Assert.That(Kinds(), Is.EqualTo(new[] { FleetEventKind.PermitGiven, FleetEventKind.PermitGiven }));
        Assert.That(_state.Events.Last.Select(each => (each.Sequence, each.Away, each.AwayMax)),
            Is.EqualTo(new (long, int?, int?)[] { (1, 1, 2), (2, 2, 2) }));
    }

    [Test]
    public void A_host_that_is_away_for_one_order_gets_no_permit_for_another()
    {
        PermitBook book = Book();
        book.Take(Of("a"), out _);
        Assert.That(book.Take(Of("a") with { Rollout = "other" }, out _), Is.EqualTo(PermitAnswer.Elsewhere));
        Assert.That(book.Take(Of("a") with { Attempt = 2 }, out _), Is.EqualTo(PermitAnswer.Elsewhere));
    }

    [Test]
    public void A_question_that_comes_late_begins_no_second_update()
    {
        PermitBook book = Book();
        book.Take(Of("a"), out _);
        book.Return(Of("a"), UpdateOutcome.Done, Ended);
        Assert.That(book.Take(Of("a"), out _), Is.EqualTo(PermitAnswer.Elsewhere));
    }

    [Test]
    public void An_updated_host_is_away_until_it_has_settled()
    {
        PermitBook book = Book();
        book.Take(Of("a"), out _);
        book.Take(Of("b"), out _);
        Assert.That(book.Return(Of("a"), UpdateOutcome.Done, Ended), Is.True);
        Assert.That(book.Return(Of("a"), UpdateOutcome.Done, Ended), Is.False, "twice");
        _clock.Now = TimeSpan.FromSeconds(59.9);
        Assert.That(book.EndSettling(), Is.Zero);
        Assert.That(book.Take(Of("c"), out _), Is.EqualTo(PermitAnswer.Full));

        _clock.Now = TimeSpan.FromSeconds(60);
        Assert.That(book.EndSettling(), Is.EqualTo(1));
        Assert.That(book.Take(Of("c"), out _), Is.EqualTo(PermitAnswer.Granted));
        Assert.That(_state.Events.Last[2].After.Single(), Is.EqualTo(Ended));
    }

    [Test]
    public void Settling_begins_anew_where_the_book_is_read_again()
    {
        PermitBook book = Book();
        book.Take(Of("a"), out _);
        book.Return(Of("a"), UpdateOutcome.Done, Ended);
        _clock.Now = TimeSpan.FromSeconds(59);
        book = Book();
        _clock.Now = TimeSpan.FromSeconds(118);
        Assert.That(book.EndSettling(), Is.Zero);
        _clock.Now = TimeSpan.FromSeconds(119);
        Assert.That(book.EndSettling(), Is.EqualTo(1));
    }

    [Test]
    public void Without_settling_a_host_is_back_at_once()
    {
        _state.Policy = _state.Policy with { Settle = TimeSpan.Zero };
        PermitBook book = Book();
        book.Take(Of("a"), out _);
        book.Return(Of("a"), UpdateOutcome.Done, Ended);
        Assert.That(_state.Away, Is.Empty);
        Assert.That(_state.Events.Last[^1].After.Single(), Is.EqualTo(Ended), "the end is named here too");
    }

    [Test]
    public void A_failed_host_is_away_until_it_is_repaired_and_too_many_stop_the_domain()
    {
        _state.Policy = _state.Policy with { AwayMax = 5 };
        PermitBook book = Book();
        foreach (string host in (string[])["a", "b"])
        {
            book.Take(Of(host), out _);
            Assert.That(book.IsHalted, Is.False);
            book.Return(Of(host), UpdateOutcome.Failed, Ended);
        }

        Assert.That((book.IsHalted, book.FreeCount), Is.EqualTo((true, 0)));
        Assert.That(book.Take(Of("c"), out _), Is.EqualTo(PermitAnswer.Halted));
        Assert.That(book.Repair("a"), Is.True);
        Assert.That(book.Repair("a"), Is.False, "twice");
        Assert.That(book.Take(Of("c"), out _), Is.EqualTo(PermitAnswer.Halted), "repaired is not looked at");
        Assert.That(book.Resume(), Is.True);
        Assert.That(book.FreeCount, Is.EqualTo(4), "b is still away");
        Assert.That(Kinds(), Is.EqualTo(new[]
        {
            FleetEventKind.PermitGiven, FleetEventKind.PermitFailed, FleetEventKind.PermitGiven,
            FleetEventKind.PermitFailed, FleetEventKind.DomainHalted, FleetEventKind.PermitFree,
            FleetEventKind.DomainResumed,
        }));
    }

    [Test]
    public void A_permit_that_was_never_used_is_free_again()
    {
        PermitBook book = Book();
        book.Take(Of("a"), out _);
        Assert.That((book.Withdraw(Of("b")), book.Withdraw(Of("a")), book.Withdraw(Of("a"))), Is.EqualTo((false, true, false)));
        Assert.That(_state.Away, Is.Empty);
    }

    [Test]
    public void With_a_smaller_cap_nobody_goes_until_enough_have_come()
    {
        PermitBook book = Book();
        book.Take(Of("a"), out _);
        book.Take(Of("b"), out _);
        DomainPolicy small = _state.Policy with { AwayMax = 1, Settle = TimeSpan.Zero };
        Assert.That((book.Allow(small), book.Allow(small)), Is.EqualTo((true, false)));
        book.Return(Of("a"), UpdateOutcome.Done, Ended);
        Assert.That(book.Take(Of("c"), out _), Is.EqualTo(PermitAnswer.Full));
        book.Return(Of("b"), UpdateOutcome.Done, Ended);
        Assert.That(book.Take(Of("c"), out _), Is.EqualTo(PermitAnswer.Granted));
    }

    [TestCase(0, 0, 0)]
    [TestCase(1, -1, 0)]
    [TestCase(1, 0, -1)]
    public void A_policy_that_makes_no_sense_is_refused(int awayMax, int settle, int failuresMax)
    {
        DomainPolicy wrong = new()
        {
            AwayMax = awayMax,
            Settle = TimeSpan.FromSeconds(settle),
            FailuresMax = failuresMax,
        };
        Assert.That(() => Book().Allow(wrong), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private PermitBook Book() => new("rack", _state, _clock);

    private static UpdateOrder Of(string host) => new(host, "r1", 1);

    private FleetEventKind[] Kinds() => [.. _state.Events.Last.Select(each => each.Kind)];
}
