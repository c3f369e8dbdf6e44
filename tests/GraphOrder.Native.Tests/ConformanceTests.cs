using GraphOrder.Conformance;

namespace GraphOrder.Native.Tests;

/// <summary>The C ABI gives the bytes of the vectors.</summary>
[TestFixture]
public sealed class ConformanceTests
{
    [TestCaseSource(typeof(ConformanceVector), nameof(ConformanceVector.All))]
    public void The_library_for_C_answers_with_the_bytes_of(ConformanceVector vector)
    {
        using Scratch scratch = new();
        string request = scratch.File("request.json");
        File.WriteAllBytes(request, vector.Request());

        ProgramResult result = Programs.RunOwn("ask", request);

        Assert.That(result.ExitCode, Is.EqualTo(vector.Status), result.Errors);
        Assert.That(result.Output, Is.EqualTo(vector.Answer));
    }
}
