using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GraphOrder.Kernel.Tests;

/// <summary>
/// The tool's own way through a kexec: <c>plan</c>, <c>apply</c> (which calls reboot itself), <c>status</c>
/// and
/// <c>resume</c> in the next kernel, whose journal is in memory alone, and a program that inherits
/// everything.
/// </summary>
[TestFixture]
public sealed partial class UpdateTests
{
    [TestCase("simple", 1, 3, 65_536)]
    [TestCase("multi-session", 4, 3, 20_000)]
    [TestCase("five-hundred-files", 1, 500, 4096)]
    [TestCase("two-thousand-sessions", 2000, 1, 4096)]
    public void Upstreams_scenario(string name, int sessions, int filesEach, int bytes)
    {
        StringBuilder set = new("""{ "schema": "graphorder/session-set/1", "sessions": [""");
        StringBuilder objects = new();
        StringBuilder memories = new();
        for (int i = 0; i < sessions; i++)
        {
            set.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}\n{{ \"name\": \"vm-{i:d4}\" }}");
            for (int j = 0; j < filesEach; j++)
            {
                // A file needs the one before it, and the first of a session that of the session before.
                string needs = j > 0 ? $", \"needs\": [ \"vm-{i:d4}/{j - 1}\" ]"
                    : i > 0 ? $", \"needs\": [ \"vm-{i - 1:d4}/0\" ]"
                    : "";
                objects.Append(
                    CultureInfo.InvariantCulture,
                    $"{(objects.Length > 0 ? "," : "")}\n{{ \"id\": \"vm-{i:d4}/{j}\", \"kind\": \"memfd\", ");
                objects.Append(
                    CultureInfo.InvariantCulture, $"\"session\": \"vm-{i:d4}\", \"bytes\": {bytes}{needs} }}");
                memories.AppendLine(
                    CultureInfo.InvariantCulture, $"memory vm-{i:d4}/{j} {bytes} {((i * 7) + j) % 251}");
            }
        }

        set.Append(" ],\n\"objects\": [").Append(objects).Append("] }");
        BootLog log = Run(name, set.ToString(), memories.ToString(), "vm-0000/0");
        DemandUpdate(log, sessions * filesEach);
        DemandOrder(log, set.ToString());
    }

    [TestCase("microvm.json")]
    [TestCase("services.json")]
    public void A_sample_that_Linux_7_3_can_hold(string sample)
    {
        // As it is, but for sizes that the machine here has no memory for.
        string set = Bytes().Replace(File.ReadAllText(Repository.In("tests", "samples", sample)), "\"bytes\": 65536");
        StringBuilder memories = new();
        int pattern = 1;
        foreach (Match found in Files().Matches(set))
        {
            bool isSealed = found.Value.Contains("\"seals\"");
            memories.AppendLine(CultureInfo.InvariantCulture, $"memory {found.Groups[1].Value} 65536 {pattern++} {(isSealed ? 7 : 0)}");
        }

        Assert.That(pattern, Is.GreaterThan(5));
        BootLog log = Run(sample[..^5], set, memories.ToString(), Files().Match(set).Groups[1].Value);
        DemandUpdate(log, pattern - 1);
        DemandOrder(log, set);
    }

    private const string Apply = "/bin/graph-order apply /tmp/plan.json --set /set.json";

    private const string Careless = "--custody self --descriptors /tmp/given.json";

    private const string Self = $"{Careless} --accept GO6111";

    private static BootLog Run(string name, string set, string memories, string stable) => Guest.Boot(
        new BootOptions("script", name)
        {
            WithTool = true,
            Limit = TimeSpan.FromMinutes(5),
            MemoryMegabytes = 1024,
            Texts = new()
            {
                ["/set.json"] = set,
                ["/script"] = memories + $"""
                    given /tmp/given.json
                    run 0 /bin/graph-order plan /set.json --output /tmp/plan.json --format json
                    run 2 {Apply}
                    run 1 {Apply} {Self}
                    load
                    run 1 {Apply} {Careless}
                    run 0 {Apply} {Self} --dry-run
                    jumps {Apply} {Self} --stable {stable}
                    run 3 /bin/graph-order status
                    run 2 /bin/graph-order resume
                    run 0 /bin/graph-order resume -- /init inherited
                    run 0 /bin/graph-order status
                    begun /run/graph-order/journal
                    run 0 /bin/graph-order learn /run/graph-order/journal /set.json --output /tmp/learned.json
                    run 0 /bin/graph-order plan /tmp/learned.json --output /tmp/again.json
                    """,
            },
        });

    private static void DemandUpdate(BootLog log, int files)
    {
        log.AssertGood();
        Assert.That(log.After("out"), Does.Contain($"inherited {files} right, 0 wrong"), log.Text);
        Assert.That(log.After("out"), Has.Some.StartsWith("DONE: everything is retrieved and finished"), log.Text);
        Assert.That(log.After("kernel"), Has.Count.EqualTo(2));
        Assert.That(log.After("err"), Has.Some.Contains("Say who holds the sessions at the reboot call"), log.Text);
        Assert.That(log.After("out"), Has.Some.Contains("GO6104"), "no image was loaded yet");
        Assert.That(log.After("out"), Has.Some.StartsWith("REFUSED before the kernel was asked (GO6111)"), log.Text);
    }

    // What was asked of the kernel, in the order of a plan that is made here once more: the journal has each
    // step before it is done, and the kernels that took them refused none.
    private static void DemandOrder(BootLog log, string document)
    {
        const string own = "graphorder";
        SessionSet set = SessionSet.Read(new MemoryStream(Encoding.UTF8.GetBytes(document)));
        Assert.That(Planner.Plan(set, KernelPair.Linux73).TryGetPlan(out Plan? plan));
        List<string> begun = log.After("begun");
        int kexec = begun.IndexOf("Kexec");
        Assert.Multiple(() =>
        {
            Assert.That(begun[..kexec], Is.EqualTo((string[])
            [
                .. plan!.Sessions.Create.Select(static name => $"Create {name.Text}"),
                .. plan[Phase.Preserve].Select(static step => $"Preserve {step.ObjectName}"),
                $"Create {own}",
                $"Preserve {own}",
            ]));
            Assert.That(
                begun[(kexec + 1)..].Where(static line => line.StartsWith("RetrieveSession ")),
                Is.EqualTo(plan.Sessions.Retrieve.Select(static name => $"RetrieveSession {name.Text}")));
            Assert.That(
                begun[(kexec + 1)..].Where(static line => !line.StartsWith("RetrieveSession ")),
                Is.EqualTo((string[])
                [
                    .. plan[Phase.Retrieve].Select(static step => $"Retrieve {step.ObjectName}"),
                    .. plan.Sessions.Finish.Select(static name => $"Finish {name.Text}"),
                    $"Finish {own}",
                ]));
        });
    }

    [GeneratedRegex("\"bytes\": [0-9]+")]
    private static partial Regex Bytes();

    [GeneratedRegex("\"id\": \"([^\"]+)\", \"kind\": \"memfd\"[^}]*")]
    private static partial Regex Files();
}
