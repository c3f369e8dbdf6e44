namespace GraphOrder.PageTables.Tests;

/// <summary>Runs a test with the highest root of each format that has at least three levels.</summary>
internal sealed class SoundVisitor(ISoundTest test) : IFormatVisitor<bool>
{
    public bool Visit<TFormat>() where TFormat : struct, IPageTableFormat
    {
        for (int level = Math.Max(2, TFormat.TopLevelMin); level <= TFormat.TopLevelMax; level++)
        {
            test.Run<TFormat>(level);
        }

        return true;
    }
}
