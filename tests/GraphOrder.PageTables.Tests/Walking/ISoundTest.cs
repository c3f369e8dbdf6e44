namespace GraphOrder.PageTables.Tests;

/// <summary>A test that is run for every format.</summary>
internal interface ISoundTest
{
    void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat;
}
