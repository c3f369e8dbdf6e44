namespace GraphOrder.Fuzz;

/// <summary>
/// A defect behind a word of eight bytes, each tested by itself. Chance alone would need some 2 to the 64
/// inputs; who is guided by coverage finds it byte by byte, so the harness is tested with it.
/// </summary>
internal sealed class PlantedTarget() : FuzzTarget(FuzzTargets.SelfTest, 64)
{
    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => ["a seed without the word"u8.ToArray()];

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        if (input.Length > 7 && input[0] == 'G')
        {
            if (input[1] == 'r' && input[2] == 'a')
            {
                if (input[3] == 'p' && input[4] == 'h' && input[5] == 'O')
                {
                    Demand(input[6] != 'r' || input[7] != 'd', "the planted defect");
                }
            }
        }
    }
}
