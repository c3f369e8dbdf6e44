using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using GraphOrder.Reports;
using Microsoft.Playwright;

namespace GraphOrder.Browser.Tests;

/// <summary>The page of <c>survey</c>, with names that mean harm in it.</summary>
[TestFixture]
public sealed class SurveyTests
{
    private const string Hostile = "rack-9/<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e.json";

    [TestCase(1280, false)]
    [TestCase(1280, true)]
    [TestCase(390, false)]
    [TestCase(390, true)]
    public async Task No_rule_of_axe_is_broken_and_nothing_is_wider_than_the_screen(int width, bool isDark)
    {
        await using Recorder page = await OpenAsync(Fleet(), width, isDark);
        await page.Page.EvaluateAsync("document.querySelectorAll('details').forEach(one => { one.open = true; })");

        AxeResult found = await page.Page.RunAxe();

        Assert.That(
            found.Violations.Select(static broken => $"{broken.Id}: {broken.Help}: "
                + string.Join(" | ", broken.Nodes.Select(static node => node.Html))),
            Is.Empty);
        await LeavePictureAsync(page, $"survey-{width}-{(isDark ? "dark" : "light")}");
    }

    [TestCase(320)]
    [TestCase(390)]
    [TestCase(2000)]
    public async Task The_page_does_not_scroll_sideways(int width)
    {
        await using Recorder page = await OpenAsync(Fleet(), width);

        Assert.That(
            await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        await LeavePictureAsync(page, $"survey-{width}");
    }

    [Test]
    public async Task The_table_shows_the_hosts_that_are_asked_for()
    {
        await using Recorder page = await OpenAsync(Fleet());
        ILocator rows = page.Page.Locator("#hosts tbody tr:visible");
        Assert.That(await rows.CountAsync(), Is.EqualTo(6));

        await page.Page.FillAsync("#words", "go2003");
        Assert.That(await rows.Locator("th").AllTextContentsAsync(), Is.EqualTo(new[] { "rack-1/host-b.json", "rack-2/host-c.json" }));
        Assert.That(await page.Page.TextContentAsync("#shown"), Is.EqualTo("2 of 6 hosts"));

        await page.Page.FillAsync("#words", "");
        await page.Page.SelectOptionAsync("#verdict", "ready");
        Assert.That(await rows.CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Each_cause_has_its_hosts_and_names_are_text()
    {
        await using Recorder page = await OpenAsync(Fleet());

        Assert.That(await page.Page.Locator(".cause").CountAsync(), Is.EqualTo(3));
        Assert.That(await page.Page.Locator(".cause").First.Locator("li").AllTextContentsAsync(), Has.Count.EqualTo(2));
        Assert.That(await page.Page.Locator("img, script:not(:last-child)").CountAsync(), Is.Zero);
        Assert.That(await page.Page.InnerTextAsync("#hosts"), Does.Contain("<script>alert(1)</script>").And.Contain("\\u{202e}"));
    }

    [Test]
    public async Task Without_scripts_all_is_there_but_the_filter()
    {
        string path = Recorder.WriteFile(writer => SurveyPage.Write(writer, Fleet(), Options));
        await using IBrowserContext context = await Browser.ContextAsync(isScripted: false);
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(path).AbsoluteUri);

        Assert.That(await page.Locator("#hosts tbody tr").CountAsync(), Is.EqualTo(6));
        Assert.That(await page.Locator("#filter").IsVisibleAsync(), Is.False);
        File.Delete(path);
    }

    private static TextReportOptions Options { get; } = new() { SetName = "fleet/<b>" };

    private static Task<Recorder> OpenAsync(Survey survey, int width = 1280, bool isDark = false) =>
        Recorder.OpenFileAsync(
            Recorder.WriteFile(writer => SurveyPage.Write(writer, survey, Options)),
            width: width,
            isDark: isDark);

    private static Survey Fleet()
    {
        string folder = Path.Combine(Recorder.Samples, "fleet");
        SessionSet ready = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session).AddFile(session, "f", ObjectKind.Memfd, out _).BuildSet();
        return SurveyRequest.Answer(
        [
            .. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
                .Select(path => new SurveyHost(Path.GetRelativePath(folder, path), cancellation =>
                {
                    using FileStream stream = File.OpenRead(path);
                    return SessionSet.Read(stream, path, cancellation);
                })),
            new SurveyHost(Hostile, _ => ready),
        ]);
    }

    private static async Task LeavePictureAsync(Recorder page, string name)
    {
        if (Environment.GetEnvironmentVariable("GRAPHORDER_PICTURES") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await page.Page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(folder, name + ".png"),
                FullPage = true,
            });
        }
    }
}
