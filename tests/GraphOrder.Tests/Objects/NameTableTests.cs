namespace GraphOrder.Tests.Objects;

[TestFixture]
public sealed class NameTableTests
{
    [Test]
    public void Names_are_numbered_as_they_come_and_found_again()
    {
        NameTable table = new();
        Dictionary<string, int> expected = [];
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            string name = $"vm-{random.Next(9_000)}/rám\0{(i % 3 == 0 ? "" : "x")}";
            bool isNew = table.TryAdd(name, out int index);
            Assert.That(isNew, Is.EqualTo(expected.TryAdd(name, expected.Count)));
            Assert.That(index, Is.EqualTo(expected[name]));
        }

        Assert.That(table.Count, Is.EqualTo(expected.Count));
        foreach ((string name, int index) in expected)
        {
            Assert.That(table.Text(index), Is.EqualTo(name));
            Assert.That(table.TryFind(name, out int found) ? found : -1, Is.EqualTo(index));
        }
    }

    [Test]
    public void What_was_not_added_is_not_found()
    {
        NameTable table = new();
        Assert.That(table.TryFind("", out int none), Is.False);
        Assert.That(none, Is.EqualTo(-1));
        Assert.That(table.TryAdd("", out int empty), Is.True);
        Assert.That(table.Utf8(empty).Length, Is.Zero);
        Assert.That(() => table.Text(1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
