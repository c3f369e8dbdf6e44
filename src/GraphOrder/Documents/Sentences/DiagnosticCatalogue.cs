using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>Every diagnostic code with its title, sentence, way out and explanation: data.</summary>
public static class DiagnosticCatalogue
{
    /// <summary>All entries, by code.</summary>
    public static ImmutableArray<DiagnosticEntry> Entries { get; } =
    [
        .. OrderEntries.General, .. DocumentEntries.All, .. ModelEntries.All, .. RecoveryEntries.States,
        .. OrderEntries.All, .. PageTableEntries.All, .. MappingEntries.All,
        .. AreaEntries.All, .. KernelEntries.All,
        .. PlanEntries.All, .. RecoveryEntries.All, .. RunEntries.All, .. ImportEntries.All,
    ];

    private static Dictionary<DiagnosticCode, DiagnosticEntry> ByCode { get; } =
        Entries.ToDictionary(entry => entry.Code);

    /// <summary>The entry of a code; null for a code of another version.</summary>
    public static DiagnosticEntry? Find(DiagnosticCode code) => ByCode.GetValueOrDefault(code);

    /// <summary>Reads a code as people write it, <c>GO2003</c>, in either case.</summary>
    public static bool TryParse(string text, out DiagnosticCode code)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (DiagnosticEntry entry in Entries)
        {
            if (string.Equals(entry.Code.Text(), text, StringComparison.OrdinalIgnoreCase))
            {
                code = entry.Code;
                return true;
            }
        }

        code = default;
        return false;
    }
}
