namespace GraphOrder.LiveUpdate.Tests;

[TestFixture]
public sealed class CloudHypervisorImportTests
{
    private const string Configuration = """
        {"config":{"cpus":{"boot_vcpus":2,"max_vcpus":2},
          "memory":{"size":0,"mergeable":false,"shared":false,"hugepages":false,"zones":[
            {"id":"mem0","size":1073741824,"shared":true,"hugepages":false},
            {"id":"mem1","size":2147483648,"shared":false,"hugepages":true,"hugepage_size":2097152},
            {"id":"mem2","size":4096,"file":"/dev/dax0.0"},
            {"id":"mem3","size":4096}]},
          "devices":[{"path":"/sys/bus/pci/devices/0000:81:00.0/","iommu":false,"id":"gpu0","pci_segment":0},
            {"path":"/sys/bus/mdev/devices/abc"}],
          "net":[{"vhost_user":true,"vhost_socket":"/run/n"}],
          "platform":{"uuid":"b7ad"}},"state":"Running"}
        """;

    [Test]
    public void A_configuration_is_imported_as_it_always_was() =>
        Imported.MatchesGolden(CloudHypervisorImport.Read(Imported.Source(Configuration)), "cloud-hypervisor.json");

    [Test]
    public void Memory_without_zones_is_one_memfd_where_it_is_shared()
    {
        ImportResult result = CloudHypervisorImport.Read(
            Imported.Source("""{"memory":{"size":536870912,"shared":true}}"""));
        SessionSet set = HandOverImportTests.Sound(result, out _);

        Assert.That(set.Objects[0].Kind, Is.EqualTo(ObjectKind.Memfd));
        Assert.That(set.Objects[0].Facts.Bytes, Is.EqualTo(536_870_912));
    }

    [TestCase("{}", "GO7020: Here is nothing, and member 'memory' is due.")]
    [TestCase("""{"memory":{"size":-1}}""", "GO7020: Here is '-1' at memory.size, and a number from 0 up is due.")]
    [TestCase(
        """{"memory":{"size":9007199254740992}}""",
        "GO7020: Here is 9007199254740992 at memory.size, and at most 9007199254740991 bytes is due.")]
    [TestCase("""{"memory":{"size":1,"zones":{}}}""", "GO7020: Here is an object at memory.zones, and a list is due.")]
    public void What_is_wrong_has_its_place(string text, string error) =>
        Assert.That(Imported.Error(CloudHypervisorImport.Read(Imported.Source(text))), Is.EqualTo(error));

    [Test]
    public void Changed_configurations_are_refused_or_read() =>
        Imported.Mutate(Configuration, 3000, source => CloudHypervisorImport.Read(source));
}
