using GraphOrder.Reports;

namespace GraphOrder.Browser.Tests;

[TestFixture]
public sealed class HostileNamesTests
{
    private static readonly string[] Names =
    [
        "<script>alert(1)</script>", "</script><img src=x onerror=alert(2)>", "\"'><svg onload=alert(3)>",
        "\u202egnp.exe\u2066", "--> ]]> {{7*7}} ${7*7} %%data%%", "javascript:alert(4)", "a\nb\tc\u0000d\u007f",
        new string('x', 10_000), "__proto__", "constructor",
    ];

    private static SessionSet Set(bool isCyclic)
    {
        DependencyOrigin origin = new(DependencySource.Declared, DeclaredBy: Names[0], Why: Names[1]);
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("<b>one</b>", out SessionId one).AddSession("\"><i>", out SessionId two);
        List<ObjectId> files = [];
        foreach (string name in Names)
        {
            builder.AddFile(files.Count % 2 == 0 ? one : two, name, ObjectKind.Custom("x-<u>kind"), out ObjectId file);
            files.Add(file);
        }

        for (int index = 1; index < files.Count; index++)
        {
            builder.AddDependency(
                files[index], files[index - 1], origin: origin, phases: PhaseSet.Of(Phase.Preserve));
        }

        _ = isCyclic ? builder.AddDependency(files[0], files[^1], origin: origin) : builder;
        return builder.BuildSet();
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Names_are_text_in_every_view_and_never_run(bool isCyclic)
    {
        PlanPicture picture = Recorder.Picture(Set(isCyclic), "<script>alert(0)</script>.json");
        Assert.That(picture.Result.IsLegal, Is.EqualTo(!isCyclic));
        await using Recorder recorder = await Recorder.OpenAsync(picture);
        foreach (string view in (string[])["overview", "steps", "board", "object", "why", "compare", "journal"])
        {
            foreach (string name in Names)
            {
                string id = Uri.EscapeDataString(name);
                await recorder.Page.EvaluateAsync(
                    "hash => { location.hash = hash; dispatchEvent(new PopStateEvent('popstate')); }",
                    $"#view={view}&focus={id}&from={id}&to={Uri.EscapeDataString(Names[1])}&dependency=1&hops=2");
                await recorder.Page.FillAsync("#find", name.Length > 100 ? "xxx" : name.Replace("\n", " ", StringComparison.Ordinal));
                await recorder.Page.Keyboard.PressAsync("Escape");
            }

            int made = await recorder.Page.EvaluateAsync<int>(
                "document.querySelectorAll('script:not([id]), img, b b, i i, u, iframe, object').length - 1");
            Assert.That(made, Is.Zero, view);
        }

        // What was shown of names is printable, so that none can turn the text around.
        Assert.That(await recorder.Page.InnerTextAsync("body"), Does.Match("^[ -~\\n\\t\u00b7]*$"));
    }

    [Test]
    public async Task The_page_may_run_its_own_script_and_ask_for_nothing()
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("two-vms.json");
        string policy = (await recorder.Page.GetAttributeAsync("meta[http-equiv=Content-Security-Policy]", "content"))!;
        Assert.That(policy, Does.StartWith("default-src 'none';").And.Contain("script-src 'sha256-").And.Not.Contain("http"));
    }

    [Test]
    public async Task A_long_name_does_not_widen_the_page()
    {
        await using Recorder recorder = await Recorder.OpenAsync(
            Recorder.Picture(Set(false), "set.json"), $"#view=object&focus={Names[7]}&hops=1", width: 500);
        Assert.That(await recorder.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.EqualTo(500));
    }
}
