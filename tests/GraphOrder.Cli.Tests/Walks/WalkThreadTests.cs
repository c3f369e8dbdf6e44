namespace GraphOrder.Cli.Tests.Walks;

/// <summary>
/// A large image is walked by as many threads as there are processors: the answer is the same.
/// </summary>
[TestFixture]
public sealed class WalkThreadTests
{
    private const int Header = 1 << 16;

    [TestCase("one-run", 0)]
    [TestCase("runs-8", 0)]
    [TestCase("runs-8", 1)]
    [TestCase("folios-2m --shuffle-tables", 2)]
    public void Any_number_of_processors_gives_the_same_bytes(string fragmentation, int seed)
    {
        using Scratch scratch = new();
        string image = scratch.File("large.img");
        ToolResult made = Tool.Run(
        [
            "generate", "table", "--table", "vtd-second-stage", "--size", "16G", "--output", image,
            "--fragmentation", .. fragmentation.Split(' '),
        ]);
        Assert.That(made.ExitCode, Is.Zero, made.Errors);
        Damage(image, seed);
        string[] answers = [.. new[] { "1", "2", "7" }.Select(processors => Walk(image, processors))];

        Assert.That(answers[0], Does.Contain(seed == 0 ? "\"faultCounts\": {}" : "\"GO30"));
        Assert.That(answers[1], Is.EqualTo(answers[0]));
        Assert.That(answers[2], Is.EqualTo(answers[0]));
    }

    // A word here and there, of all levels; one that leads back into the tables where the seed is even.
    private static void Damage(string image, int seed)
    {
        Random random = new(seed);
        using FileStream stream = new(image, FileMode.Open, FileAccess.ReadWrite);
        for (int changes = seed == 0 ? 0 : 400; changes > 0; changes--)
        {
            stream.Position = Header + (random.NextInt64((stream.Length - Header) / 8) * 8);
            ulong back = ((ulong)stream.Length / 2 / 4096 * 4096) | 3;
            ulong word = seed % 2 == 0 && changes == 1 ? back : 1UL << 55;
            stream.Write(BitConverter.GetBytes(word));
        }
    }

    private static string Walk(string image, string processors)
    {
        ToolResult result = Tool.RunWith(
            null, new() { ["DOTNET_PROCESSOR_COUNT"] = processors }, "walk", image, "--table",
            "vtd-second-stage", "--top-level", "2", "--root", "0x10000", "--format", "json", "--fault-limit", "300");
        Assert.That(result.ExitCode, Is.LessThan(2), result.Errors);
        return result.Output;
    }
}
