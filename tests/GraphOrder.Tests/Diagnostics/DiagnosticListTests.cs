namespace GraphOrder.Tests.Diagnostics;

[TestFixture]
public sealed class DiagnosticListTests
{
    [Test]
    public void What_passes_the_limit_is_counted_and_no_code_crowds_out_another()
    {
        DiagnosticList list = new(countMax: 2);
        for (int i = 0; i < 5; i++)
        {
            list.Add(new Diagnostic(DiagnosticCode.NoHandler, DiagnosticSeverity.Warning));
        }

        list.Add(new Diagnostic(DiagnosticCode.ObjectCycle, DiagnosticSeverity.Error));
        Assert.That(list.HasErrors, Is.True);
        Assert.That(
            list.ToImmutable().Select(d => $"{d.Code} {d.Fact("count")}".Trim()),
            Is.EqualTo(new[] { "ObjectCycle", "NoHandler", "NoHandler", "MoreProblems 3" }));
    }

    [Test]
    public void They_come_sorted_by_severity_and_code_and_then_as_they_were_added()
    {
        DiagnosticList list = new();
        list.Add(Warning(DiagnosticCode.HolesFilled, 1, "b"));
        list.Add(Warning(DiagnosticCode.NoHandler, 9, "a"));
        list.Add(Warning(DiagnosticCode.HolesFilled, 1, "a"));
        list.Add(Warning(DiagnosticCode.NoHandler, 3, "z"));
        list.Add(new Diagnostic(DiagnosticCode.OtherSet, DiagnosticSeverity.Error) { Subjects = ["e"] });
        Assert.That(
            list.ToImmutable().Select(d => d.Subjects[0]),
            Is.EqualTo(new[] { "e", "a", "z", "b", "a" }));
    }

    private static Diagnostic Warning(DiagnosticCode code, int line, string subject) =>
        new(code, DiagnosticSeverity.Warning)
        {
            Subjects = [subject],
            Location = new SourceLocation(line, 1),
        };
}
