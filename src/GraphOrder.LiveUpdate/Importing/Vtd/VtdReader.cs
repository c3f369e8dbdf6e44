using System.Globalization;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Reads what the Intel IOMMU driver prints in debugfs (drivers/iommu/intel/debugfs.c):
/// domain_translation_struct, dmar_translation_struct, iommu_regset, in any order. Not thread-safe.
/// </summary>
internal sealed class VtdReader
{
    private const ulong AddressMask = 0x000F_FFFF_FFFF_F000;
    private const int PageLg2 = 12;
    private const int LevelBits = 9;
    private const int Columns = 5;
    private const ulong SuperPage = 0x80;

    private readonly Dictionary<(ulong Root, bool IsFirstStage), VtdDomain> _domains = [];
    private readonly SortedDictionary<string, ulong?> _units = new(StringComparer.Ordinal);
    private readonly ImportLines _lines = new();
    private VtdDomain? _domain;
    private string? _unit;
    private bool _isRegisters;

    /// <summary>The page tables that were told of.</summary>
    public IEnumerable<VtdDomain> Domains => _domains.Values.OrderBy(domain => domain.Root);

    /// <summary>The units, each with its root table where registers tell it.</summary>
    public IReadOnlyDictionary<string, ulong?> Units => _units;

    /// <summary>What reaches memory through no table.</summary>
    public List<string> PassThrough { get; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImportException">A line is not one of these files.</exception>
    public void Read(ImportSource source, CancellationToken cancellation)
    {
        _lines.Begin(source);
        _domain = null;
        _unit = null;
        for (string? line = _lines.Next(); line is not null; line = _lines.Next())
        {
            if ((_lines.Number & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (line.Trim().Length > 0)
            {
                ReadLine(line.TrimEnd());
            }
        }

        _domain?.EndRun();
    }

    private void ReadLine(string line)
    {
        if (line.StartsWith("Device ", StringComparison.Ordinal))
        {
            BeginDomain(line);
        }
        else if (line.StartsWith("IOMMU", StringComparison.Ordinal))
        {
            BeginUnit(line);
        }
        else if (line.StartsWith("IOVA_PFN", StringComparison.Ordinal)
            || line.StartsWith("B.D.F", StringComparison.Ordinal)
            || line.StartsWith("Name\t", StringComparison.Ordinal))
        {
            return;
        }
        else if (_domain is not null)
        {
            ReadLeaf(line, _domain);
        }
        else if (_unit is not null && _isRegisters)
        {
            ReadRegister(line, _unit);
        }
        else if (_unit is not null)
        {
            ReadContext(line, _unit);
        }
        else
        {
            throw _lines.Unexpected(ImportLines.Quoted(line), "'Device ...' or 'IOMMU ...'");
        }
    }

    // Device 0000:00:04.0 [with pasid 1 ]@0xbec000
    private void BeginDomain(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3 || !words[^1].StartsWith('@') || !TryHex(words[^1][1..], out ulong root)
            || root == 0 || (root & ~AddressMask) != 0)
        {
            throw _lines.Unexpected(ImportLines.Quoted(line), "a device and the address of its table");
        }

        _domain?.EndRun();
        _unit = null;
        string device = string.Join(' ', words[1..^1]);
        VtdDomain? known = _domains.GetValueOrDefault((root, false))
            ?? _domains.GetValueOrDefault((root, true));
        if (known is { IsPrinted: true })
        {
            // Its leaves are printed for each of its devices.
            known.Devices.Add(device);
            _domain = new(root);
            return;
        }

        _domain = known ?? new(root);
        _domain.IsPrinted = true;
        _domains.TryAdd((root, _domain.IsFirstStage), _domain);
        _domain.Devices.Add(device);
    }

    // IOMMU dmar0: Root Table Address: 0xa48000, or IOMMU: dmar0 Register Base Address: fed90000
    private void BeginUnit(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4 || !(line.Contains("Root Table Address", StringComparison.Ordinal)
            || line.Contains("Register Base Address", StringComparison.Ordinal)))
        {
            throw _lines.Unexpected(ImportLines.Quoted(line), "a unit with its root table or its registers");
        }

        _domain?.EndRun();
        _domain = null;
        _unit = words[1].TrimEnd(':');
        _isRegisters = words[0] == "IOMMU:";
        _units.TryAdd(_unit, null);
    }

    private void ReadRegister(string line, string unit)
    {
        string[] fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 3 || !TryHex(fields[1], out _) || !TryHex(fields[2], out ulong value))
        {
            throw _lines.Unexpected(ImportLines.Quoted(line), "a register with offset and contents");
        }

        if (fields[0] == "RTADDR")
        {
            _units[unit] = value;
        }
    }

    private void ReadContext(string line, string unit)
    {
        string[] fields = line.Split('\t',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        ulong[] context = [];
        ulong[] pasid = [];
        if (fields.Length < 3 || !TryWords(fields[2], 2, out context)
            || (fields.Length > 4 && !TryWords(fields[4], 3, out pasid)))
        {
            throw _lines.Unexpected(ImportLines.Quoted(line), "a device with its root and context entries");
        }

        string number = fields.Length > 3 ? fields[3] : "-1";
        string device = number == "-1" ? fields[0] : $"{fields[0]} pasid {number}";
        bool isScalable = pasid.Length == 3 && (pasid[0] | pasid[1] | pasid[2]) != 0;
        ulong low = isScalable ? pasid[2] : context[1];
        ulong high = isScalable ? pasid[1] : context[0];
        int type = (int)(isScalable ? low >> 6 & 7 : low >> 2 & 3);
        if (type == (isScalable ? 4 : 2))
        {
            PassThrough.Add($"{device} of {unit}");
            return;
        }

        bool isFirstStage = isScalable && type == 1;
        int width = (int)(isScalable ? low >> 2 & 7 : high & 7);
        int levels = isFirstStage ? 4 + (int)(pasid[0] >> 2 & 1) : width + 2;
        ulong root = (isFirstStage ? high : low) & AddressMask;
        bool isKnown = isScalable ? type is >= 1 and <= 3 : type is 0 or 1;
        if ((low & 1) == 0 || !isKnown || levels is < 3 or > 5 || root == 0)
        {
            throw _lines.Unexpected(
                $"an entry of {device} with words 0x{high:x} and 0x{low:x}", "a present entry of a kind "
                + "known here");
        }

        VtdDomain domain = Domain(root, isFirstStage);
        domain.Levels = domain.Levels is null || domain.Levels == levels
            ? levels
            : throw _lines.Unexpected($"table 0x{root:x} with {levels} levels", $"{domain.Levels} as before");
        domain.Number = (uint)(isScalable ? high & 0xFFFF : high >> 8 & 0xFFFF);
        domain.Units.Add(unit);
        domain.Devices.Add(device);
    }

    // A table whose leaves came first was taken for a second-stage one.
    private VtdDomain Domain(ulong root, bool isFirstStage)
    {
        if (_domains.TryGetValue((root, isFirstStage), out VtdDomain? found))
        {
            return found;
        }

        if (isFirstStage && _domains.Remove((root, false), out found))
        {
            found.IsFirstStage = true;
        }

        found ??= new(root) { IsFirstStage = isFirstStage };
        _domains.Add((root, isFirstStage), found);
        return found;
    }

    private void ReadLeaf(string line, VtdDomain domain)
    {
        string[] sides = line.Split('|');
        string[] words = sides.Length == 2
            ? sides[1].Split('\t', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [];
        ulong[] entries = new ulong[words.Length];
        bool isRow = words.Length is >= 3 and <= Columns & TryHex(sides[0].Trim(), out ulong frame);
        for (int i = 0; isRow && i < words.Length; i++)
        {
            isRow = TryHex(words[i], out entries[i]);
        }

        if (!isRow)
        {
            throw _lines.Unexpected(ImportLines.Quoted(line), "a page frame and three to five entries");
        }

        int level = Columns - words.Length;
        ulong pages = 1UL << (LevelBits * level);
        ulong leaf = entries[^1];
        ulong physical = leaf & AddressMask & ~((pages << PageLg2) - 1);
        int access = (int)(leaf & 3);
        int levels = entries[0] != 0 ? 5 : entries[1] != 0 ? 4 : 3;
        bool isPlace = frame >> (64 - PageLg2) == 0 && frame % pages == 0;
        string? flaw = !isPlace ? "no page of this size begins there"
            : access == 0 ? "its last entry allows nothing"
            : level > 0 && (leaf & SuperPage) == 0 ? "its last entry is no large page"
            : (UInt128)frame << PageLg2 < domain.NextIova ? "it does not lie behind the line before"
            : domain.Levels is { } known && known != levels ? $"it has {levels} levels, not {known}" : null;
        if (flaw is not null)
        {
            throw _lines.Unexpected($"a page at frame 0x{frame:x} that cannot be ({flaw})", "a sound one");
        }

        domain.Levels = levels;
        domain.Add(frame << PageLg2, physical, pages << PageLg2, access);
    }

    private static bool TryWords(string text, int count, out ulong[] words)
    {
        string[] parts = text.Split(':');
        words = new ulong[parts.Length];
        bool isRead = parts.Length == count;
        for (int i = 0; isRead && i < parts.Length; i++)
        {
            isRead = TryHex(parts[i], out words[i]);
        }

        return isRead;
    }

    private static bool TryHex(string text, out ulong value)
    {
        value = 0;
        return text.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out value);
    }
}
