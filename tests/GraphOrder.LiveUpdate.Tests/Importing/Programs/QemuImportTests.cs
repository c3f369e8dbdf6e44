namespace GraphOrder.LiveUpdate.Tests;

[TestFixture]
public sealed class QemuImportTests
{
    private const string CommandLine = """
        qemu-system-x86_64 -name guest=vm-01,debug-threads=on -machine q35,accel=kvm -m 4G \
          -object memory-backend-memfd,id=ram,size=4G,share=on \
          -object '{"qom-type":"memory-backend-memfd","id":"huge","size":1073741824,"hugetlb":true,"seal":false}' \
          -object memory-backend-ram,id=scratch,size=64M \
          -object iommufd,id=iommufd0 \
          -device vfio-pci,host=81:00.0,iommufd=iommufd0,id=gpu0 \
          -device '{"driver":"vfio-pci","sysfsdev":"/sys/bus/pci/devices/0000:82:00.1","id":"nic0"}' \
          -chardev socket,id=c,path=/run/v.sock -netdev vhost-user,id=n,chardev=c -append "a b"
        """;

    [Test]
    public void A_command_line_is_imported_as_it_always_was() =>
        Imported.MatchesGolden(QemuImport.Read(Imported.Source(CommandLine)), "qemu.json");

    [Test]
    public void The_words_of_proc_are_those_of_the_shell()
    {
        ImportSource shell = Imported.Source(CommandLine);
        string words = string.Join('\0', QemuWords.Split("file", ((MemoryStream)shell.Bytes).ToArray())) + "\0";

        HandOverImportTests.Sound(QemuImport.Read(shell), out string expected);
        HandOverImportTests.Sound(QemuImport.Read(Imported.Source(words)), out string found);

        Assert.That(found, Is.EqualTo(expected));
        Assert.That(words, Does.EndWith("-append\0a b\0"));
    }

    [TestCase("4096", 4096UL)]
    [TestCase("4096B", 4096UL)]
    [TestCase("4k", 4096UL)]
    [TestCase("1T", 1UL << 40)]
    public void Sizes_are_QEMUs(string text, ulong bytes)
    {
        Assert.That(QemuOption.TrySize(text, 0, out ulong found), Is.True);
        Assert.That(found, Is.EqualTo(bytes));
    }

    [TestCase("")]
    [TestCase("G")]
    [TestCase("-1")]
    [TestCase("99999999P")]
    public void What_is_no_size_is_refused(string text) =>
        Assert.That(QemuOption.TrySize(text, 0, out _), Is.False);

    [TestCase("qemu -object 'x", "1:1: GO7020: Here is a quote ' without its end, and another ' is due.")]
    [TestCase("hello", "1:1: GO7020: Here is no option, and a command line of QEMU is due.")]
    [TestCase(
        "q -object memory-backend-memfd,id=r,size=x",
        "GO7020: Here is size 'x' of memory back end 'r', and a size, as 4G is due.")]
    public void What_is_wrong_is_told(string text, string error) =>
        Assert.That(Imported.Error(QemuImport.Read(Imported.Source(text))), Is.EqualTo(error));

    [Test]
    public void Changed_command_lines_are_refused_or_read() =>
        Imported.Mutate(CommandLine, 3000, source => QemuImport.Read(source));
}
