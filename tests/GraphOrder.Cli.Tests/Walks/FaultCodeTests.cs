using GraphOrder.PageTables;

namespace GraphOrder.Cli.Tests.Walks;

/// <summary>
/// The walker and the catalogue know nothing of one another; what they call a fault is the same. T06 takes
/// more than a table to know.
/// </summary>
[TestFixture]
public sealed class FaultCodeTests
{
    [Test]
    public void The_walker_and_the_catalogue_agree_in_number_and_name()
    {
        string[] told = [.. Enum.GetValues<DiagnosticCode>()
            .Where(code => (int)code / 100 is 30 or 31 && code != DiagnosticCode.TableInsideMemfd)
            .Select(code => $"{code.Text()} {code}")];
        List<string> found = [];
        foreach (PageTableFaultKind kind in PageTableFaultKinds.All)
        {
            found.Add($"{kind.Code()} {kind}");
        }

        Assert.That(told, Is.EqualTo(found));
        Assert.That(found, Has.Count.EqualTo(33));
    }
}
