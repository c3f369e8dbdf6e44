namespace GraphOrder.Fleet.Tests;

/// <summary>What a run of the program gave.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Checks exit code, then output, then errors.</summary>
    public void AssertIs(int exitCode, string output, string errors)
    {
        Assert.That(ExitCode, Is.EqualTo(exitCode), Output + Errors);
        Assert.That(Output, Is.EqualTo(output));
        Assert.That(Errors, Is.EqualTo(errors));
    }
}
