namespace GraphOrder.LiveUpdate.Tests;

[TestFixture]
public sealed class FlatDeviceTreeTests
{
    private static byte[] Blob(string name) => File.ReadAllBytes(Repository.In("tests", "fixtures", "kho-debugfs", name));

    [Test]
    public void The_tree_of_a_kernel_that_was_handed_to_is_read()
    {
        byte[] blob = Blob("stage2a_in_fdt");

        Assert.That(FlatDeviceTree.Read(blob, out List<DeviceTreeNode> nodes), Is.Null);
        Assert.That(nodes.Select(node => node.Path), Is.EqualTo(new[] { "/", "/LUO", "/kexec-metadata" }));
        Assert.That(nodes[0].Properties["compatible"].Span.SequenceEqual("kho-v4\0"u8), Is.True);
        Assert.That(nodes[1].Properties.Keys, Is.EqualTo(new[] { "blob-size", "preserved-data" }));
        Assert.That(HandOverMemory.Word(nodes[1].Properties["blob-size"].Span, 0), Is.EqualTo(32));
        Assert.That(HandOverMemory.Word(nodes[2].Properties["blob-size"].Span, 0), Is.EqualTo(73));
    }

    [Test]
    public void The_tree_that_the_kernel_shows_cut_short_is_a_finding() => Assert.That(
        FlatDeviceTree.Read(Blob("stage1b_out_fdt"), out _),
        Is.EqualTo("it is cut short: its header says 285 bytes, and 233 are there"));

    [Test]
    public void Every_prefix_and_every_changed_byte_ends()
    {
        byte[] blob = Blob("stage2a_in_fdt");
        for (int length = 0; length < blob.Length; length++)
        {
            Assert.That(FlatDeviceTree.Read(blob.AsMemory(0, length), out _), Is.Not.Null, $"{length} bytes");
        }

        int refused = 0;
        for (int at = 0; at < blob.Length; at++)
        {
            foreach (byte change in new byte[] { 1, 0x80, 0xFF })
            {
                byte[] changed = [.. blob];
                changed[at] ^= change;
                refused += FlatDeviceTree.Read(changed, out _) is null ? 0 : 1;
            }
        }

        Assert.That(refused, Is.GreaterThan(blob.Length));
    }
}
