namespace GraphOrder.Tests.Documents;

/// <summary>
/// One example of each fault of a page table, as <c>walk</c> tells it. That the codes are those of the walker
/// is tested where both are known.
/// </summary>
internal static class PageTableExamples
{
    /// <summary>Codes of a table or a run as a whole: they name no word.</summary>
    private static readonly DiagnosticCode[] WithoutWord =
    [
        DiagnosticCode.TableReachableByDma, DiagnosticCode.TableNotPreserved,
        DiagnosticCode.TableOrLeafInScratch, DiagnosticCode.EmptyTable, DiagnosticCode.TopLevelMismatch,
        DiagnosticCode.RootMisaligned, DiagnosticCode.CouldBeSuperpage,
    ];

    public static IEnumerable<Diagnostic> All()
    {
        foreach (DiagnosticCode code in Enum.GetValues<DiagnosticCode>())
        {
            if ((int)code / 100 is 30 or 31)
            {
                yield return Of(code);
            }
        }
    }

    // Linux reads these otherwise than hardware does.
    private static (string Hardware, string Kernel)? Readings(DiagnosticCode code) => code switch
    {
        DiagnosticCode.GhostEntry => ("nothing", "a table"),
        DiagnosticCode.LeafAtIllegalLevel => ("a fault", "a table"),
        DiagnosticCode.TableEncodingAtLevel0 or DiagnosticCode.AmdSizeCodeOutOfRange => ("a fault", "a leaf"),
        DiagnosticCode.NextLevelMismatch => ("a table of another level", "a table"),
        _ => null,
    };

    private static Diagnostic Of(DiagnosticCode code)
    {
        List<DiagnosticFact> facts = [new("iova", "0x1000"), new("level", 0), new("table", "0xc11000")];
        if (Array.IndexOf(WithoutWord, code) < 0)
        {
            facts.AddRange([new("index", 1), new("entry", "0x8000000000c11003")]);
        }

        if (Readings(code) is { } readings)
        {
            facts.AddRange([new("hardware", readings.Hardware), new("kernel", readings.Kernel)]);
        }

        return new(code, DiagnosticSeverity.Error) { Facts = [.. facts] };
    }
}
