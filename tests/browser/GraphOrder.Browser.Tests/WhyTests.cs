using System.Text.Json;
using GraphOrder.Reports;

namespace GraphOrder.Browser.Tests;

/// <summary>The page finds chains by itself; the engine is the judge of what it finds.</summary>
[TestFixture]
public sealed class WhyTests
{
    // All pairs of a sample in all phases at once, as [phase, a, b, verdict, length, isBySession].
    private const string AllPairs = """
        () => {
          const recording = page.recording;
          const rows = [];
          for (const phase of recording.phases) {
            const chains = new Chains(recording, phase.index);
            for (let a = -recording.sessionCount; a < recording.objectCount; a++) {
              for (let b = -recording.sessionCount; b < recording.objectCount; b++) {
                if (a !== b) {
                  const found = chains.between(a, b);
                  const names = [recording.rawName(a), recording.rawName(b)];
                  rows.push([phase.index, ...names, found.verdict, found.chain.length]);
                }
              }
            }
          }
          return JSON.stringify(rows);
        }
        """;

    [TestCase("two-vms.json", "linux-7.3")]
    [TestCase("two-vms.json", "explicit-graph")]
    [TestCase("two-vms.json", "session-finish")]
    [TestCase("blackout.json", "linux-7.3")]
    [TestCase("seed-legal.json", "linux-7.3")]
    [TestCase("vm-host.json", "linux-7.3")]
    [TestCase("services.json", "linux-7.3")]
    [TestCase("shared.json", "linux-7.3")]
    [TestCase("gpu-vm.json", "linux-7.3")]
    [TestCase("seed.json", "linux-7.3")]
    public async Task It_answers_as_the_engine_does(string name, string model)
    {
        SessionSet set = Recorder.Read(name);
        Assert.That(LifecycleModel.TryFind(model, out LifecycleModel? found));
        KernelPair kernels = KernelPair.Of(found!);
        await using Recorder recorder = await Recorder.OpenAsync(Recorder.Picture(set, name, kernels));
        using JsonDocument rows = JsonDocument.Parse(await recorder.Page.EvaluateAsync<string>(AllPairs));
        DependencyGraph graph = DependencyGraph.Of(set);
        int compared = 0;
        List<string> wrong = [];
        foreach (JsonElement row in rows.RootElement.EnumerateArray())
        {
            Phase phase = (Phase)row[0].GetInt32();
            string a = row[1].GetString()!;
            string b = row[2].GetString()!;
            if (!set.TryFindEnd(a, out DependencyEnd first) || !set.TryFindEnd(b, out DependencyEnd then)
                || IsActElsewhere(graph, first, phase) || IsActElsewhere(graph, then, phase))
            {
                continue;
            }

            OrderExplanation engine = OrderExplainer.Explain(graph, kernels, first, then, phase);
            string verdict = engine.Verdict switch
            {
                OrderVerdict.First => "first",
                OrderVerdict.Then => "then",
                OrderVerdict.Together => "together",
                OrderVerdict.Free => "free",
                OrderVerdict.Contradiction => "both",
                _ => "other",
            };
            if (verdict != "other" && !engine.HasKernelMoved)
            {
                compared++;
                string page = $"{row[3].GetString()} {row[4].GetInt32()}";
                string judged = $"{verdict} {engine.Chain.Length}";
                if (page != judged)
                {
                    wrong.Add($"{phase.Name()} {a} {b}: {page}, not {judged}");
                }
            }
        }

        Assert.That(compared, Is.GreaterThan(20));
        Assert.That(wrong, Is.Empty);
    }

    [TestCase("vm-01/ram", "vm-02/iommufd", "preserve")]
    [TestCase("vm-02/iommufd", "vm-01/ram", "finish")]
    [TestCase("vm-01/gpu0", "vm-01/ram", "finish")]
    [TestCase("vm-01/state", "vm-01/ram", "finish")]
    [TestCase("vm-01/ram", "vm-02/nic0", "preserve")]
    public async Task Its_chain_reads_as_the_commands(string first, string then, string phase)
    {
        SessionSet set = Recorder.Read("two-vms.json");
        Assert.That(Phases.TryParse(phase, out Phase asked));
        Assert.That(set.TryFindEnd(first, out DependencyEnd a) & set.TryFindEnd(then, out DependencyEnd b));
        DependencyGraph graph = DependencyGraph.Of(set);
        StringWriter text = new() { NewLine = "\n" };
        TextReport.WriteWhy(
            text, graph, OrderExplainer.Explain(graph, KernelPair.Linux73, a, b, asked), new TextReportOptions { SetName = "two-vms.json" });
        string fragment = $"#view=why&from={Uri.EscapeDataString(first)}&to={Uri.EscapeDataString(then)}&phase={phase}";
        await using Recorder recorder = await Recorder.OpenSampleAsync("two-vms.json", fragment);
        string copied = await recorder.CopiedAsync();

        Assert.That(ChainOf(copied), Is.EqualTo(ChainOf(text.ToString())));
        Assert.That(copied.Split('\n')[0], Is.EqualTo(text.ToString().Split('\n')[0]));
    }

    [TestCase("session:vm-01", "session:vm-02")]
    [TestCase("session:vm-02", "session:vm-01")]
    public async Task What_must_go_before_the_other_both_ways_is_a_contradiction(string first, string then)
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync(
            "shared.json", $"#view=why&from={first}&to={then}&phase=finish");
        Assert.That(
            await recorder.Stage.Locator(".answer").InnerTextAsync(),
            Is.EqualTo($"CONTRADICTION: {first} and {then} must each finish before the other."));
    }

    // From CHAIN to the model's rule or the end of the block; the command wraps what is longer than its
    // lines.
    private static string ChainOf(string text) => string.Join('\n', text.Split('\n')
        .SkipWhile(static line => !line.StartsWith("CHAIN", StringComparison.Ordinal))
        .TakeWhile(static line => line.Length > 0 && !line.StartsWith("  rule", StringComparison.Ordinal)));

    private static bool IsActElsewhere(DependencyGraph graph, DependencyEnd end, Phase phase) =>
        !end.IsSession && graph[end.ObjectId].Act is { } act && act.Phase != phase;
}
