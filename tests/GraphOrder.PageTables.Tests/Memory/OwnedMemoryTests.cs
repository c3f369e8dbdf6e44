namespace GraphOrder.PageTables.Tests;

[TestFixture]
public sealed class OwnedMemoryTests
{
    [Test]
    public void What_is_written_is_lent_where_it_lies_and_summed_in_parts([Values(1, 2, 3, 7)] int parts)
    {
        const ulong Base = 0x1000_0000;
        TestRandom random = new((ulong)parts);
        using OwnedMemory memory = new(8 * 1003, Base);
        ulong expected = 0;
        using (BinaryWriter writer = new(memory.OpenWrite()))
        {
            for (int i = 0; i < 1003; i++)
            {
                ulong word = random.Next();
                expected = unchecked(expected + word);
                writer.Write(word);
            }
        }

        ulong sum = 0;
        for (int part = 0; part < parts; part++)
        {
            sum = unchecked(sum + memory.Sum(part, parts));
        }

        Assert.That(sum, Is.EqualTo(expected));
        Assert.That(memory.Sum(), Is.EqualTo(expected));
        Assert.That(memory.Memory.TryLend(Base, 1003, out ReadOnlySpan<ulong> words), Is.True);
        Assert.That(
            words.ToArray().Aggregate(0UL, (all, word) => unchecked(all + word)), Is.EqualTo(expected));
        Assert.That(memory.Memory.TryLend(Base + 8, 1003, out _), Is.False);
        Assert.That(memory.Memory.TryLend(Base - 8, 1, out _), Is.False);
        Assert.That(memory.Memory.Contains(Base, 8 * 1003), Is.True);
        Assert.That(memory.Memory.Contains(Base, ulong.MaxValue), Is.False);
        Assert.That(memory.Memory.Contains(ulong.MaxValue, 8), Is.False);
    }
}
