namespace GraphOrder.Tests.Documents;

/// <summary>One example of each thing that an import can say.</summary>
internal static class ImportExamples
{
    public static IEnumerable<Diagnostic> All()
    {
        DiagnosticFact what = new("what", "A block of files of session 'vm-01'");
        DiagnosticFact place = new("physical", "0x951000");
        yield return new(DiagnosticCode.HandOverNotNamed, DiagnosticSeverity.Error);
        yield return Of(DiagnosticCode.HandOverOutsideImage, what, place);
        yield return Of(
            DiagnosticCode.HandOverVersionUnknown,
            new("what", "The root of LUO"), place, new("found", "luo-v9"), new("known", "luo-v5"));
        yield return Of(
            DiagnosticCode.HandOverPageUsedTwice, what, place, new("other", "a block of sessions"));
        yield return Of(
            DiagnosticCode.HandOverContradicts,
            what, place, new("rule", "it says 64 entries, and a block has 1 to 63"));
        yield return Of(DiagnosticCode.HandOverNotPreserved, new("what", "Memory of vm-01/0x1"), place);
        yield return Of(
            DiagnosticCode.PreservedMapUnread,
            new("what", "A node of the tree of preserved memory"), place, new("rule", "it is not in the image"));
        yield return Of(
            DiagnosticCode.ImportUnexpected, new("found", "'pipe' at units.u"), new("expected", "'fd' or 'luo_session'"));
        yield return Of(
            DiagnosticCode.ImportFoundNothing,
            new("what", "This host"),
            new("hint", "No process holds a memfd, an iommufd, a vfio device or a KVM machine"));
        yield return Of(
            DiagnosticCode.ImportNotSeen, new("first", "what session 'vm-07' has preserved"), new("more", 3));
    }

    private static Diagnostic Of(DiagnosticCode code, params DiagnosticFact[] facts) =>
        new(code, DiagnosticSeverity.Error) { Facts = [.. facts] };
}
