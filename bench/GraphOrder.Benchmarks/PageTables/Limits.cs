using System.Runtime.InteropServices;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>The functions of bench/limits.</summary>
internal static unsafe class Limits
{
    private const string Library = "limits";

    /// <summary>Loads the library from a path.</summary>
    public static void Load(string path) => NativeLibrary.SetDllImportResolver(
        typeof(Limits).Assembly, (name, _, _) => name == Library ? NativeLibrary.Load(path) : 0);

    public static ulong Read(byte[] image)
    {
        fixed (byte* first = image)
        {
            return Read(first, (ulong)image.Length);
        }
    }

    public static ulong Walk(TableImage image, in LimitsFormat format, out ulong pages, out ulong runs)
    {
        fixed (byte* first = image.Bytes)
        {
            return Walk(
                first, (ulong)image.Bytes.Length, TableImage.Base, image.Top, image.TopLevel, format.Address,
                format.Ignored, format.Sound, format.Shift, out pages, out runs);
        }
    }

    /// <summary>Asks for huge pages where the array has not been touched.</summary>
    public static void AskForHugePages(byte[] image)
    {
        fixed (byte* first = image)
        {
            ulong start = ((ulong)first + 4095) & ~4095UL;
            _ = Huge((byte*)start, ((ulong)first + (ulong)image.Length - start) & ~4095UL);
        }
    }

    /// <summary>Processor time of this thread.</summary>
    [DllImport(Library, EntryPoint = "limits_seconds")]
    public static extern double Seconds();

    [DllImport(Library, EntryPoint = "limits_read")]
    private static extern ulong Read(byte* image, ulong bytes);

    [DllImport(Library, EntryPoint = "limits_huge")]
    private static extern int Huge(byte* image, ulong bytes);

    [DllImport(Library, EntryPoint = "limits_walk")]
    private static extern ulong Walk(
        byte* image, ulong bytes, ulong address, ulong root, int level, ulong field, ulong ignored,
        ulong sound, int shift, out ulong pages, out ulong runs);
}
