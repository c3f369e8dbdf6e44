namespace GraphOrder.Fuzz;

/// <summary>Files of other programs, as small as they can be with everything in them that is read.</summary>
internal static class ImportSeeds
{
    private static readonly byte[] SystemdFile = """
        {"version":1,"state":{"kexecsCount":3},"units":{
         "db.service":{"fdstore":[{"type":"fd","name":"pages","token":1},{"type":"fd","name":"pages","token":2}]},
         "vmm@7.service":{"fdstore":[{"type":"luo_session","name":"live","sessionName":"vm-07"},
          {"type":"fd","name":"state","token":3,"later":true}]}}}
        """u8.ToArray();

    private static readonly byte[] CloudHypervisorFile = """
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
        """u8.ToArray();

    private static readonly byte[] QemuFile = """
        qemu-system-x86_64 -name guest=vm-01,debug-threads=on -machine q35,accel=kvm -m 4G \
          -object memory-backend-memfd,id=ram,size=4G,share=on \
          -object '{"qom-type":"memory-backend-memfd","id":"huge","size":1073741824,"hugetlb":true,"seal":false}' \
          -object memory-backend-ram,id=scratch,size=64M \
          -object iommufd,id=iommufd0 \
          -device vfio-pci,host=81:00.0,iommufd=iommufd0,id=gpu0 \
          -device '{"driver":"vfio-pci","sysfsdev":"/sys/bus/pci/devices/0000:82:00.1","id":"nic0"}' \
          -chardev socket,id=c,path=/run/v.sock -netdev vhost-user,id=n,chardev=c -append "a b"
        """u8.ToArray();

    private static readonly byte[] GraphMlFile = """
        <?xml version="1.0" encoding="UTF-8"?>
        <graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
          <!-- a host -->
          <key attr.name="kind" attr.type="string" for="node" id="k"><default>memfd</default></key>
          <key attr.name="token" attr.type="int" for="node" id="t"/>
          <key for="node" id="g" yfiles.type="nodegraphics"/>
          <key attr.name="phases" attr.type="string" for="edge" id="p"/>
          <graph edgedefault="directed" id="G">
            <node id="n0" yfiles.foldertype="group"><data key="g"><y:GroupNode><y:NodeLabel>vm</y:NodeLabel></y:GroupNode></data>
              <graph edgedefault="directed" id="n0:"><node id="ram"><data key="t">3</data></node>
                <node id="io"><data key="k">iommufd</data><data key="g"><y:NodeLabel>a &amp; b</y:NodeLabel></data></node></graph>
            </node>
            <edge id="e0" source="io" target="ram"><data key="p">finish preserve</data></edge>
          </graph>
        </graphml>
        """u8.ToArray();

    private static readonly byte[] DotFile = """
        # of the preprocessor
        strict digraph "a host" {
          rankdir=LR; node [shape=box]; edge [color=grey] // layout
          subgraph cluster_vm { label = "vm" + " 1"; node [kind=memfd] ram [token=3]; io [kind="iommufd"] }
          subgraph "cluster_vm2" { graph [label="vm 2"]; dev [kind="vfio-device"]; { rank=same; ram2 [kind=memfd] } }
          /* edges */
          dev -> io -> ram [label="maps", strength=soft; weight=5, waiverWeight=4];
          dev -> { state ram2 } [phases="finish preserve"]
          <<b>html</b>> -> -1.5:n:sw
        }
        """u8.ToArray();

    /// <summary>The mapping of systemd, and what systemd-shutdown is given.</summary>
    public static IEnumerable<byte[]> Systemd() =>
    [
        SystemdFile,
        """{"version":1,"units":{"a.service":{"fdstore":[{"type":"fd","name":"n","fd":7}]}}}"""u8.ToArray(),
    ];

    /// <summary>A configuration of Cloud Hypervisor.</summary>
    public static IEnumerable<byte[]> CloudHypervisor() =>
        [CloudHypervisorFile, """{"memory":{"size":536870912,"shared":true}}"""u8.ToArray()];

    /// <summary>A command line of QEMU, as the shell takes it and as the kernel shows it.</summary>
    public static IEnumerable<byte[]> Qemu() =>
        [QemuFile, "qemu\0-object\0memory-backend-memfd,id=r,size=1G\0-m\01G\0"u8.ToArray()];

    /// <summary>A graph with a group, keys and labels.</summary>
    public static IEnumerable<byte[]> GraphMl() => [GraphMlFile];

    /// <summary>A graph with clusters, chains, comments and every kind of name.</summary>
    public static IEnumerable<byte[]> Dot() => [DotFile, "digraph{a->b}"u8.ToArray()];
}
