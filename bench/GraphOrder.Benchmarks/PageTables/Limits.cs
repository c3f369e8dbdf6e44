using System.Runtime.InteropServices;
using GraphOrder.Mappings;
using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>The functions of bench/limits.</summary>
internal static unsafe class Limits
{
    private const string Library = "limits";

    /// <summary>Loads the library from a path.</summary>
    public static void Load(string path) => NativeLibrary.SetDllImportResolver(
        typeof(Limits).Assembly, (name, _, _) => name == Library ? NativeLibrary.Load(path) : 0);

    public static ulong Read(nint first, ulong bytes) => Read((byte*)first, bytes);

    public static ulong Read(ReadOnlySpan<ulong> words)
    {
        fixed (ulong* first = words)
        {
            return Read((byte*)first, (ulong)words.Length * sizeof(ulong));
        }
    }

    /// <summary>Makes the map of owners that the walk in C++ asks.</summary>
    public static nint MakeOwners(ulong first, ulong last, FolioRecords? records)
    {
        nint owners = Owners(first >> 21, (last >> 21) - (first >> 21) + 1);
        if (records is null)
        {
            Claim(owners, first >> 12, last >> 12, 1);
        }

        for (int folio = 0; folio < records?.Count; folio++)
        {
            ulong frame = records.FrameOf(folio);
            Claim(owners, frame, frame + (records.EndOf(folio) - records.IndexOf(folio)) - 1, 1);
        }

        Seal(owners);
        return owners;
    }

    /// <summary>Walks in C++.</summary>
    /// <returns>Pages of the first owner; -1 where anything is wrong.</returns>
    public static long Walk<TFormat>(
        NativeImage<TFormat> image, in LimitsFormat format, nint owners, FolioRecords? records)
        where TFormat : struct, IPageTableFormat
    {
        ulong* mapped = stackalloc ulong[2];
        mapped[0] = 0;
        mapped[1] = 0;
        fixed (ulong* record = records is null ? default : records.Words)
        {
            ulong faults = Walk(
                (byte*)image.First, image.Length, 0, image.Image.Top, image.Image.TopLevel, format.Address,
                format.Ignored, format.Sound, format.Shift, owners, record, mapped);
            return faults + mapped[0] == 0 ? (long)mapped[1] : -1;
        }
    }

    /// <summary>Asks for huge pages where memory has not been touched.</summary>
    public static void AskForHugePages(nint first, nuint bytes) => _ = Huge((byte*)first, bytes);

    /// <summary>Processor time of this thread.</summary>
    [DllImport(Library, EntryPoint = "limits_seconds")]
    public static extern double Seconds();

    [DllImport(Library, EntryPoint = "limits_owners_free")]
    public static extern void FreeOwners(nint owners);

    [DllImport(Library, EntryPoint = "limits_owners")]
    private static extern nint Owners(ulong firstBlock, ulong blocks);

    [DllImport(Library, EntryPoint = "limits_owners_claim")]
    private static extern void Claim(nint owners, ulong first, ulong last, ushort owner);

    [DllImport(Library, EntryPoint = "limits_owners_seal")]
    private static extern void Seal(nint owners);

    [DllImport(Library, EntryPoint = "limits_read")]
    private static extern ulong Read(byte* image, ulong bytes);

    [DllImport(Library, EntryPoint = "limits_huge")]
    private static extern int Huge(byte* image, ulong bytes);

    [DllImport(Library, EntryPoint = "limits_walk")]
    private static extern ulong Walk(
        byte* image, ulong bytes, ulong address, ulong root, int level, ulong field, ulong ignored,
        ulong sound, int shift, nint owners, ulong* records, ulong* mapped);
}
