namespace GraphOrder.PageTables.Tests;

/// <summary>
/// Runs a test with each root of each format that has at least three levels; in the short form of a test
/// with the highest and the lowest of those with pages of 4 KiB.
/// </summary>
internal static class EveryRoot
{
    private const int SmallPageLg2 = 12;

    public static void Run(ISoundTest test, bool isOfSmallPages = false)
    {
        foreach (PageTableFormat format in PageTableFormats.All)
        {
            format.Accept(new Visitor(test, isOfSmallPages || Effort.IsShort));
        }
    }

    private sealed class Visitor(ISoundTest test, bool isOfSmallPages) : IFormatVisitor<bool>
    {
        public bool Visit<TFormat>() where TFormat : struct, IPageTableFormat
        {
            if (isOfSmallPages && TFormat.GranuleLg2 != SmallPageLg2)
            {
                return false;
            }

            int lowest = Math.Max(2, TFormat.TopLevelMin);
            for (int level = lowest; level <= TFormat.TopLevelMax; level++)
            {
                if (!Effort.IsShort || level == lowest || level == TFormat.TopLevelMax)
                {
                    test.Run<TFormat>(level);
                }
            }

            return true;
        }
    }
}
