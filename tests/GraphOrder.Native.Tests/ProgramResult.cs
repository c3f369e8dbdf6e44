namespace GraphOrder.Native.Tests;

/// <summary>What a run of a program gave.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    public string All => $"exit {ExitCode}\n{Output}{Errors}";

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What stands behind <c>name: </c>.</summary>
    public string Value(string name)
    {
        string? line = Array.Find(Lines, line => line.StartsWith($"{name}:", StringComparison.Ordinal));
        Assert.That(line, Is.Not.Null, All);
        return line![(name.Length + 1)..].Trim();
    }
}
