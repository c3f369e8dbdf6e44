namespace GraphOrder.PageTables.Tests;

/// <summary>The defects of a tree, each of which a format can show.</summary>
internal interface ITreeChange
{
    void Cycles();

    void Shares();

    void Reaches();

    void PointsOutside();

    void IsNotPreserved();

    void IsInScratch();

    void IsEmpty();

    void HasOtherLevel();

    void HasBadRoot();

    void HasTwoLevels();

    void CouldBeOneLeaf();
}
