namespace GraphOrder.Orleans.Tests;

[TestFixture]
public sealed class RolloutBoardTests
{
    private RolloutBoardState _state = new();

    [SetUp]
    public void Anew() => _state = new RolloutBoardState
    {
        Hosts = [Of("a", 0), Of("b", 0), Of("c", 1), Of("d", 3)],
    };

    [Test]
    public void Hosts_wait_for_their_wave()
    {
        RolloutBoard board = Board();
        Assert.That(board.Next(9), Is.Empty);
        Assert.That((board.Open(0), board.Open(0)), Is.EqualTo((true, false)));
        Assert.That(Names(board.Next(9)), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(Names(board.Next(1)), Is.EqualTo(new[] { "a" }));
        board.Open(2);
        Assert.That(Names(board.Next(9)), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(board.Open(1), Is.False, "a wave is not shut again");
    }

    [Test]
    public void A_host_asks_goes_and_ends_once()
    {
        RolloutBoard board = Board();
        board.Open(0);
        HostProgress host = board.Next(1)[0];
        RolloutBoard.Ask(host, [new("host/x", 2)]);
        Assert.That(() => RolloutBoard.Ask(host, []), Throws.InvalidOperationException);
        Assert.That(board.End(board.OrderOf(host), UpdateOutcome.Done, 2), Is.False, "it has not gone yet");
        RolloutBoard.Go(host, 7);
        UpdateOrder order = board.OrderOf(host);
        Assert.That(order, Is.EqualTo(new UpdateOrder("a", "r1", 1)));
        Assert.That(board.End(order with { Attempt = 2 }, UpdateOutcome.Done, 2), Is.False);
        Assert.That(board.End(order with { Host = "x" }, UpdateOutcome.Done, 2), Is.False);
        Assert.That(board.End(order, UpdateOutcome.Failed, 2));
        Assert.That(board.End(order, UpdateOutcome.Done, 2), Is.False);
        Assert.That((host.Stage, host.Permit, host.Ended), Is.EqualTo((HostStage.Failed, 7L, 2L)));
        Assert.That(Names(board.Next(9)), Is.EqualTo(new[] { "b" }));
    }

    [Test]
    public void A_paused_part_begins_no_host_and_an_aborted_one_never_again()
    {
        RolloutBoard board = Board();
        board.Open(9);
        Assert.That(board.Set(RolloutStatus.Paused));
        Assert.That(board.Set(RolloutStatus.Paused), Is.False);
        Assert.That(board.Next(9), Is.Empty);
        board.Set(RolloutStatus.Running);
        Assert.That(board.Next(9), Has.Length.EqualTo(4));
        RolloutBoard.Ask(board.Next(1)[0], []);
        RolloutBoard.Go(board.Find("a")!, 1);
        board.Set(RolloutStatus.Aborted);
        Assert.That(board.Set(RolloutStatus.Running), Is.False);
        Assert.That((board.Next(9).Length, board.IsOver), Is.EqualTo((0, false)));
        board.End(board.OrderOf(board.Find("a")!), UpdateOutcome.Done, 2);
        Assert.That(board.IsOver);
    }

    [Test]
    public void What_is_stored_is_all_that_it_needs()
    {
        RolloutBoard board = Board();
        board.Open(0);
        RolloutBoard.Ask(board.Find("a")!, []);
        RolloutBoard.Go(board.Find("a")!, 1);
        RolloutBoard.Ask(board.Find("b")!, []);
        board.Block(board.Find("b")!, "no legal plan");

        board = Board();
        Assert.That(Names(board.Updating), Is.EqualTo(new[] { "a" }));
        Assert.That(board.Next(9), Is.Empty);
        Assert.That(board.Find("b"), Has.Property("Why").EqualTo("no legal plan").And.Property("IsOver").True);
        Assert.That(() => board.Block(board.Find("b")!, "again"), Throws.InvalidOperationException);
        Assert.That(board.Find("x"), Is.Null);
    }

    [Test]
    public void Counts_add_up_by_wave()
    {
        RolloutBoard board = Board();
        board.Open(0);
        RolloutBoard.Ask(board.Find("a")!, []);
        RolloutBoard.Go(board.Find("a")!, 1);
        board.Block(board.Find("c")!, "why");
        Assert.That(board.Count(), Is.EqualTo(new WaveCounts[]
        {
            new(1, 1, 0, 0, 0), new(0, 0, 0, 0, 1), default, new(1, 0, 0, 0, 0),
        }));
        WaveCounts all = board.Count().Aggregate(static (sum, wave) => sum + wave);
        Assert.That((all.Total, all.IsOver, board.IsOver), Is.EqualTo((4, false, false)));
        Assert.That(_state.Events.Last.Single(), Has.Property("Kind").EqualTo(FleetEventKind.HostBlocked));
    }

    private RolloutBoard Board() => new("r1", "rack", _state);

    private static HostProgress Of(string id, int wave) => new(new FleetHost(id, "rack"), wave);

    private static string[] Names(IEnumerable<HostProgress> hosts) => [.. hosts.Select(host => host.Host.Id)];
}
