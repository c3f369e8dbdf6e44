using System.Diagnostics;
using System.Globalization;

namespace GraphOrder.Cli.Tests.Security;

/// <summary>The units for systemd: least privilege, in words and as systemd itself judges it.</summary>
[TestFixture]
public sealed class UnitTests
{
    private const double ExposureMax = 0.5;

    private static readonly string Units = Path.Combine(Tool.Root, "src", "GraphOrder.Cli", "systemd");

    [TestCase("Type=notify")]
    [TestCase("DynamicUser=yes")]
    [TestCase("UMask=0077")]
    [TestCase("CapabilityBoundingSet=")]
    [TestCase("AmbientCapabilities=")]
    [TestCase("NoNewPrivileges=yes")]
    [TestCase("ProtectSystem=strict")]
    [TestCase("ProtectHome=yes")]
    [TestCase("ProtectProc=invisible")]
    [TestCase("PrivateDevices=yes")]
    [TestCase("DevicePolicy=closed")]
    [TestCase("PrivateMounts=yes")]
    [TestCase("PrivateNetwork=yes")]
    [TestCase("PrivateTmp=yes")]
    [TestCase("IPAddressDeny=any")]
    [TestCase("RestrictAddressFamilies=AF_UNIX")]
    [TestCase("RestrictNamespaces=yes")]
    [TestCase("RestrictSUIDSGID=yes")]
    [TestCase("MemoryDenyWriteExecute=yes")]
    [TestCase("SystemCallArchitectures=native")]
    [TestCase("SystemCallFilter=@system-service")]
    [TestCase("SystemCallFilter=~@privileged @resources")]
    [TestCase("MemoryMax=2G")]
    [TestCase("TasksMax=256")]
    [TestCase("LimitCORE=0")]
    public void The_service_gives_up(string directive) =>
        Assert.That(File.ReadAllLines(Path.Combine(Units, "graph-order.service")), Does.Contain(directive));

    [Test]
    public void The_socket_is_its_owners_alone() =>
        Assert.That(File.ReadAllLines(Path.Combine(Units, "graph-order.socket")), Does.Contain("SocketMode=0600"));

    [Test]
    public void Systemd_finds_little_exposed()
    {
        const string analyze = "/usr/bin/systemd-analyze";
        if (!File.Exists(analyze))
        {
            Assert.Ignore("systemd-analyze is missing");
        }

        using Process process = Tool.Start(
            null, analyze, "security", "--offline=true", "--no-pager", Path.Combine(Units, "graph-order.service"));
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        const string sentence = "Overall exposure level for graph-order.service: ";
        int start = output.IndexOf(sentence, StringComparison.Ordinal);
        Assert.That(start, Is.GreaterThan(0), output);
        string number = output[(start + sentence.Length)..].Split(' ')[0];
        double exposure = double.Parse(number, CultureInfo.InvariantCulture);
        Assert.That(exposure, Is.LessThanOrEqualTo(ExposureMax), output);
    }
}
