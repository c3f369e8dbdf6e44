using System.Buffers;
using System.Text;

namespace GraphOrder.Orleans.Tests;

/// <summary>Whole roll-outs by the rules, each judged by the checker of events.</summary>
[TestFixture]
public sealed class FleetSimulatorTests
{
    private const string BlockedLine =
        "\"kind\":\"host-blocked\",\"host\":\"rack-0000/host-000\",\"rollout\":\"simulated\",\"attempt\":1";

    private static readonly FleetModel Small = new()
    {
        HostCount = 500,
        DomainHostCount = 30,
        Policy = new DomainPolicy { AwayMax = 3, Settle = TimeSpan.FromMinutes(2), FailuresMax = 1 },
        StragglerShare = 0.05,
        FailureShare = 0.03,
        NodeLossEvery = TimeSpan.FromMinutes(10),
        Seed = 1,
    };

    [TestCase(0UL, 0)]
    [TestCase(1UL, 0)]
    [TestCase(2UL, 2)]
    [TestCase(3UL, 30)]
    [TestCase(4UL, 29)]
    public void The_checker_finds_nothing_wrong(ulong seed, int backends)
    {
        (FleetForecast forecast, byte[] events) = Run(Small with { Seed = seed, BackendCount = backends });

        Assert.That(forecast.IsOver);
        Assert.That(forecast.Counts.Total, Is.EqualTo(500));
        Assert.That(forecast.Counts.IsOver);
        Assert.That(forecast.Counts.Failed, Is.Positive);
        Assert.That(forecast.NodeLossCount, Is.Positive);
        Assert.That(forecast.DomainAwayMost, Is.EqualTo(3));
        Assert.That(forecast.AwayMost, Is.LessThanOrEqualTo(forecast.PermitCount));
        EventChecker.AssertRight(events);
    }

    [Test]
    public void The_same_seed_gives_the_same_run()
    {
        byte[] first = Run(Small).Events;
        Assert.That(Run(Small).Events, Is.EqualTo(first));
        Assert.That(Run(Small with { Seed = 2 }).Events, Is.Not.EqualTo(first));
    }

    [Test]
    public void Clients_of_a_backend_that_failed_are_blocked_and_no_others()
    {
        FleetForecast forecast = FleetSimulator.Run(Small with
        {
            HostCount = 30,
            BackendCount = 1,
            FailureShare = 1,
            NodeLossEvery = TimeSpan.Zero,
        });
        Assert.That(forecast.Counts, Is.EqualTo(new WaveCounts(0, 0, 0, 1, 29)));
        Assert.That(forecast.WaveCount, Is.EqualTo(2));
    }

    [Test]
    public void Without_chance_it_takes_as_long_as_can_be_told_by_hand()
    {
        // 12 hosts of a domain in 4 turns of 3; each 3 minutes, a second until it is noticed, 2 minutes of
        // settling. The last 3 need not settle any more.
        FleetForecast forecast = FleetSimulator.Run(Small with
        {
            HostCount = 24,
            DomainHostCount = 12,
            FailureShare = 0,
            StragglerShare = 0,
            UpdateSpread = TimeSpan.Zero,
            NodeLossEvery = TimeSpan.Zero,
        });
        TimeSpan update = TimeSpan.FromMinutes(3) + TimeSpan.FromSeconds(1);
        Assert.That(forecast.Duration, Is.EqualTo((4 * update) + (3 * TimeSpan.FromMinutes(2))));
        Assert.That((forecast.AwayMost, forecast.PermitCount, forecast.Counts.Done), Is.EqualTo((6, 6, 24)));
        Assert.That(forecast.AwayMean, Is.EqualTo(6));
    }

    [Test]
    public void What_halts_goes_on_when_somebody_has_repaired_it()
    {
        FleetForecast forecast = FleetSimulator.Run(Small with
        {
            HostCount = 30,
            FailureShare = 1,
            NodeLossEvery = TimeSpan.Zero,
        });
        Assert.That(forecast.Counts.Failed, Is.EqualTo(30));
        Assert.That(forecast.HaltCount, Is.GreaterThan(1));
        Assert.That(forecast.Duration, Is.GreaterThan(9 * TimeSpan.FromHours(2)));
    }

    [Test]
    public void It_is_given_up_where_it_does_not_end()
    {
        FleetForecast forecast = FleetSimulator.Run(Small with { GiveUp = TimeSpan.FromMinutes(30) });
        Assert.That((forecast.IsOver, forecast.Counts.IsOver), Is.EqualTo((false, false)));
        Assert.That(forecast.Duration, Is.LessThanOrEqualTo(TimeSpan.FromMinutes(30)));
    }

    [Test]
    public void A_hundred_thousand_hosts_with_everything_that_goes_wrong()
    {
        FleetForecast forecast = FleetSimulator.Run(new FleetModel
        {
            BackendCount = 2,
            Policy = Small.Policy,
            NodeLossEvery = TimeSpan.FromMinutes(30),
        });
        Assert.That(forecast.IsOver);
        Assert.That(forecast.Counts.Total, Is.EqualTo(100_000));
        Assert.That(forecast.NodeLossCount, Is.GreaterThan(3));
        Assert.That(forecast.DomainAwayMost, Is.EqualTo(3));
        TestContext.Out.WriteLine(forecast);
    }

    [Test]
    public void A_model_that_makes_no_sense_is_refused() => Assert.That(
        () => FleetSimulator.Run(new FleetModel { FailureShare = 1.5 }),
        Throws.TypeOf<ArgumentOutOfRangeException>());

    // Each change of the lines breaks one promise, and the checker must name it.
    [TestCase("\"kind\":\"permit-given\"", "drop", "gap")]
    [TestCase("\"kind\":\"update-ended\"", "drop", "has no end")]
    [TestCase("\"away\":3,\"awayMax\":3", "\"away\":3,\"awayMax\":2", "hosts are away")]
    [TestCase("\"away\":2", "\"away\":1", "says 1 away")]
    [TestCase("\"kind\":\"update-begun\"", "\"kind\":\"update-ended\",\"outcome\":\"done\"", "but None runs")]
    [TestCase("\"kind\":\"permit-settling\"", "\"kind\":\"permit-given\"", "given twice")]
    [TestCase("\"attempt\":1", "\"attempt\":2", "permits of its own")]
    [TestCase("\"outcome\":\"done\"", "\"outcome\":\"failed\"", "not done")]
    [TestCase("\"wave-opened\",\"count\":1", "\"wave-opened\",\"count\":2", "opens wave 2 behind wave 0")]
    [TestCase("\"wave-opened\",\"count\":1", "\"rollout-resumed\",\"count\":1", "rollout-resumed while it is running")]
    [TestCase("\"wave-opened\",\"count\":1", "\"rollout-paused\",\"count\":1", "when that is paused")]
    [TestCase("\"wave-opened\",\"count\":1", "first", "before rack-0000/host-000 of wave 0 has ended")]
    [TestCase("\"kind\":\"rollout-ended\"", "first", "gets a permit behind the end")]
    [TestCase("\"kind\":\"rollout-ended\"", "drop", "it is not over, but running")]
    [TestCase("\"rollout-ended\",\"count\":0", "\"rollout-ended\",\"count\":1", "says 1 failed, it is 0")]
    [TestCase("\"count\":500", "\"count\":501", "ends with 500 hosts that are over, it has 501")]
    [TestCase("\"count\":500", "\"count\":499", "500 hosts go, it has 499")]
    [TestCase("rollout/simulated\",\"sequence\":3}", "rollout/simulated\",\"sequence\":2}", "which it needs, in wave 0")]
    [TestCase(",{\"grain\":\"rollout/simulated\",\"sequence\":2}", "", "behind 0 events of its roll-out")]
    [TestCase("\"kind\":\"rollout-ended\"", BlockedLine, "is blocked and begins")]
    public void The_checker_can_find_something_wrong(string text, string instead, string what)
    {
        string events = Encoding.UTF8.GetString(
            Run(Small with { BackendCount = 2, FailureShare = 0 }).Events);
        List<string> lines = [.. events.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        // Grains of hosts begin with an update; the attempt is that of a host's own line.
        int at = lines.FindIndex(line => line.Contains(text) && (text[1] != 'a' || text[2] != 't' || line.Contains("update-begun")));
        string changedLine = instead is "drop" or "first" ? "" : lines[at].Replace(text, instead);
        if (instead == "first")
        {
            // Behind the start of the roll-out, its first wave and the first updates.
            lines.Insert(10, lines[at++]);
        }

        lines[at] = changedLine;
        byte[] changed = Encoding.UTF8.GetBytes(string.Join('\n', lines.Where(line => line.Length > 0)) + "\n");

        (bool isRight, string told) = EventChecker.Check(changed, "--over");

        Assert.That(isRight, Is.False, "nothing was found");
        Assert.That(told, Does.Contain(what));
    }

    [Test]
    public void A_line_may_stand_twice_and_the_last_may_be_cut_off()
    {
        byte[] events = Run(Small).Events;
        int last = events.AsSpan()[..^1].LastIndexOf((byte)'\n') + 1;
        byte[] again = [.. events, .. events[..last], .. events[last..^5]];
        EventChecker.AssertRight(again);
    }

    private static (FleetForecast Forecast, byte[] Events) Run(FleetModel model)
    {
        ArrayBufferWriter<byte> events = new();
        FleetForecast forecast = FleetSimulator.Run(model, each => FleetEventWriter.Write(events, each));
        return (forecast, events.WrittenSpan.ToArray());
    }
}
