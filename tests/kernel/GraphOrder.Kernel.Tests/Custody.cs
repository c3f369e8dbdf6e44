using System.Globalization;
using System.Text;

namespace GraphOrder.Kernel.Tests;

/// <summary>Scripts of an update whose sessions a daemon called luod holds.</summary>
internal static class Custody
{
    /// <summary>Two sessions, one of which needs the other.</summary>
    public const string Set = """
        { "schema": "graphorder/session-set/1",
          "sessions": [ { "name": "vm-01" }, { "name": "vm-02" } ],
          "objects": [
            { "id": "vm-01/ram", "kind": "memfd", "session": "vm-01", "bytes": 65536 },
            { "id": "vm-01/state", "kind": "memfd", "session": "vm-01", "bytes": 5000, "needs": [ "vm-01/ram" ] },
            { "id": "vm-02/ram", "kind": "memfd", "session": "vm-02", "bytes": 20000, "needs": [ "vm-01/ram" ] } ] }
        """;

    public const string Memories = """
        memory vm-01/ram 65536 11
        memory vm-01/state 5000 22
        memory vm-02/ram 20000 33
        run 0 /bin/graph-order plan /set.json --output /tmp/plan.json --format json

        """;

    public const string StartAgent = "start agent /init agent /tmp/luod.socket vm-01 vm-02\n";

    /// <summary>Without its first words and its custody.</summary>
    public const string Apply =
        "/bin/graph-order apply /tmp/plan.json --set /set.json --from /tmp/luod.socket --custody";

    public const string ResumeOld = "/bin/graph-order resume --from /tmp/luod.socket";

    public const string Resume = ResumeOld + " --to /tmp/luod.socket";

    public const string Status = "/bin/graph-order status";

    public const string ApplySelf =
        "/bin/graph-order apply /tmp/plan.json --set /set.json --custody self --descriptors /tmp/given.json "
        + "--accept GO6111";

    public const string Abort = "/bin/graph-order abort --to /tmp/luod.socket";

    public static BootLog Boot(string name, string script, string set = Set) => Guest.Boot(
        new BootOptions("script", name)
        {
            WithTool = true,
            MemoryMegabytes = 1024,
            Limit = TimeSpan.FromMinutes(8),
            Texts = new() { ["/set.json"] = set, ["/script"] = script },
        });

    /// <summary>A step for each number.</summary>
    public static string Each(IEnumerable<int> numbers, Func<string, string> step)
    {
        StringBuilder script = new();
        foreach (int number in numbers)
        {
            script.AppendLine(step(number.ToString(CultureInfo.InvariantCulture)));
        }

        return script.ToString();
    }
}
