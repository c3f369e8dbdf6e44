using System.Text;
using GraphOrder.Conformance;

namespace GraphOrder.Tests.Requests;

/// <summary>
/// The engine gives the bytes of the vectors; <c>GRAPHORDER_GOLDEN=write</c> rewrites them.
/// </summary>
[TestFixture]
public sealed class ConformanceTests
{
    [TestCaseSource(typeof(ConformanceVector), nameof(ConformanceVector.All))]
    public void The_library_answers_with_the_bytes_of(ConformanceVector vector)
    {
        (RequestStatus status, byte[] document) = Ask.Bytes(new RequestEngine(), vector.Request());

        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            File.WriteAllBytes(vector.AnswerPath, document);
        }

        Assert.That((int)status, Is.EqualTo(vector.Status));
        Assert.That(Encoding.UTF8.GetString(document), Is.EqualTo(vector.Answer));
    }

    [Test]
    public void No_answer_is_left_without_a_question()
    {
        string[] answers = Directory.GetFiles(Path.GetDirectoryName(ConformanceVector.All[0].AnswerPath)!);

        IEnumerable<string> asked = ConformanceVector.All.Select(static vector => vector.AnswerPath);
        Assert.That(answers, Is.EquivalentTo(asked));
        Assert.That(answers, Has.Length.AtLeast(40));
    }
}
