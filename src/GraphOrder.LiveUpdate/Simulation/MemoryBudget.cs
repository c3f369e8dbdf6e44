namespace GraphOrder.LiveUpdate;

/// <summary>The pages of a machine: how many there are, and how many are taken.</summary>
internal sealed class MemoryBudget(long pagesMax)
{
    /// <summary>Pages that nothing holds.</summary>
    public long FreePages { get; private set; } = pagesMax;

    /// <summary>Takes pages; false and nothing taken where there are not as many.</summary>
    public bool TryTake(long pages)
    {
        if (pages > FreePages)
        {
            return false;
        }

        FreePages -= pages;
        return true;
    }

    /// <summary>Gives pages back.</summary>
    public void Give(long pages) => FreePages += pages;
}
