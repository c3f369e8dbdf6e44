namespace GraphOrder.Kernel.Tests;

/// <summary>What came from the serial ports of a machine.</summary>
/// <param name="Text">All of it: the kernels' messages, behind them what the guest said.</param>
/// <param name="Seconds">How long the machine ran.</param>
internal sealed record BootLog(string Text, double Seconds)
{
    private const string Prefix = "GO| ";

    /// <summary>The lines of the guest's first process, without their prefix.</summary>
    public List<string> Lines { get; } =
    [
        .. Text.Split('\n')
            .Select(line => line.TrimEnd('\r'))
            .Where(line => line.Contains(Prefix))
            .Select(line => line[(line.IndexOf(Prefix, StringComparison.Ordinal) + Prefix.Length)..]),
    ];

    /// <summary>What follows a word at the beginning of lines.</summary>
    public List<string> After(string word) =>
        [.. Lines.Where(line => line.StartsWith(word + " ")).Select(line => line[(word.Length + 1)..])];

    /// <summary>Checks that it came to its end and found nothing wrong.</summary>
    public void AssertGood() => Assert.Multiple(() =>
    {
        Assert.That(Lines, Does.Contain("end"), Text);
        Assert.That(Lines.Where(line => line.StartsWith("bad ")), Is.Empty, Text);
    });
}
