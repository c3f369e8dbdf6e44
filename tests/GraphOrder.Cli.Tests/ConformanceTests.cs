using GraphOrder.Conformance;

namespace GraphOrder.Cli.Tests;

/// <summary>The tool gives the bytes of the vectors.</summary>
[TestFixture]
public sealed class ConformanceTests
{
    [TestCaseSource(typeof(ConformanceVector), nameof(ConformanceVector.All))]
    public void The_tool_answers_with_the_bytes_of(ConformanceVector vector)
    {
        ToolResult result = Tool.Run(vector.ToolArguments());

        Assert.That(result.ExitCode, Is.EqualTo(vector.Status), result.Errors);
        Assert.That(result.Output, Is.EqualTo(vector.ToolAnswers ? vector.Answer : ""));
    }
}
