namespace GraphOrder.Orleans.Tests;

[TestFixture]
public sealed class FleetWavesTests
{
    [Test]
    public void A_host_goes_one_wave_behind_the_last_of_what_it_needs()
    {
        FleetHost[] hosts =
        [
            new("client", "b") { Needs = ["cache", "storage"] },
            new("storage", "a"),
            new("cache", "a") { Needs = ["storage"] },
            new("alone", "b"),
        ];

        Assert.That(FleetWaves.Of(hosts), Is.EqualTo(new[] { 2, 0, 1, 0 }));
    }

    [Test]
    public void No_host_has_no_wave() => Assert.That(FleetWaves.Of([]), Is.Empty);

    [Test]
    public void Random_fleets_get_their_longest_paths()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            SplitMix64 random = new(seed);
            FleetHost[] hosts = new FleetHost[1 + random.Next(30)];
            for (int i = 0; i < hosts.Length; i++)
            {
                List<string> needs = [];
                for (int j = 0; j < i; j++)
                {
                    if (random.Next(6) == 0)
                    {
                        needs.Add($"h{j}");
                    }
                }

                hosts[i] = new FleetHost($"h{i}", "d") { Needs = [.. needs] };
            }

            int[] longest = new int[hosts.Length];
            for (int i = 0; i < hosts.Length; i++)
            {
                longest[i] = hosts[i].Needs
                    .Select(need => longest[int.Parse(need.AsSpan(1))] + 1).DefaultIfEmpty().Max();
            }

            Assert.That(FleetWaves.Of(hosts), Is.EqualTo(longest), $"seed {seed}");
        }
    }

    [Test]
    public void A_circle_is_told_in_hosts()
    {
        FleetHost[] hosts =
        [
            new("a", "x") { Needs = ["b"] },
            new("b", "x") { Needs = ["c"] },
            new("c", "x") { Needs = ["a"] },
            new("d", "x") { Needs = ["a"] },
        ];

        Assert.That(() => FleetWaves.Of(hosts), Throws.TypeOf<FleetOrderException>().With.Message.EqualTo(
            "These hosts need one another in a circle: 'a' needs 'b', 'b' needs 'c', 'c' needs 'a'. Drop one of these needs."));
    }

    [TestCase("a", "The host 'a' needs itself. Leave it out of its own needs.")]
    [TestCase("z", "The host 'a' needs 'z', which is not in the fleet. Add that host, or leave it out of the needs.")]
    public void A_need_that_cannot_be_met_is_told(string need, string what) => Assert.That(
        () => FleetWaves.Of([new FleetHost("a", "x") { Needs = [need] }]),
        Throws.TypeOf<FleetOrderException>().With.Message.EqualTo(what));

    [Test]
    public void A_host_that_is_named_twice_is_told() => Assert.That(
        () => FleetWaves.Of([new FleetHost("a", "x"), new FleetHost("a", "y")]),
        Throws.TypeOf<FleetOrderException>().With.Message.EqualTo("The host 'a' is named twice. Name each host once."));
}
