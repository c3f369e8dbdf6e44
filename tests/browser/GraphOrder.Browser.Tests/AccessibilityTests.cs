using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace GraphOrder.Browser.Tests;

/// <summary>
/// axe-core's rules (WCAG 2.1 A and AA, contrast among them, and best practices) in every view.
/// </summary>
[TestFixture]
public sealed class AccessibilityTests
{
    // What reaches beyond the screen, when anything does.
    private const string TooWide = """
        () => document.documentElement.scrollWidth <= innerWidth ? []
          : [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
            .map(one => `${one.tagName} ${one.className} ${one.textContent.slice(0, 30)}`)
        """;

    private static readonly string[] Views =
    [
        "", "#view=steps&step=17", "#view=board&step=17", "#view=board&phase=finish",
        "#view=object&focus=vm-01%2Fram&hops=2&dependency=3", "#view=object",
        "#view=why&from=vm-01%2Fram&to=vm-02%2Fioas", "#view=compare", "#view=journal",
    ];

    [TestCase("blackout.json", 1280, false)]
    [TestCase("blackout.json", 1280, true)]
    [TestCase("blackout.json", 390, false)]
    [TestCase("shared.json", 1280, false)]
    [TestCase("shared.json", 820, true)]
    [TestCase("vm-host.json", 390, true)]
    public async Task No_rule_of_axe_is_broken(string name, int width, bool isDark)
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync(name, "", width, 900, isDark);
        foreach (string view in Views)
        {
            await GoAsync(recorder, view);
            AxeResult found = await recorder.Page.RunAxe();
            Assert.That(
                found.Violations.Select(static broken => $"{broken.Id}: {broken.Help}: "
                    + string.Join(" | ", broken.Nodes.Select(static node => node.Html))),
                Is.Empty,
                $"{name} {view}");
        }
    }

    [TestCase(320)]
    [TestCase(820)]
    [TestCase(1920)]
    public async Task No_view_is_wider_than_the_screen(int width)
    {
        foreach (string name in (string[])["blackout.json", "shared.json"])
        {
            await using Recorder recorder = await Recorder.OpenSampleAsync(name, "", width);
            foreach (string view in Views)
            {
                await GoAsync(recorder, view);
                string[] wide = await recorder.Page.EvaluateAsync<string[]>(TooWide);
                Assert.That(wide, Is.Empty, $"{name} {view}");
            }
        }
    }

    [Test]
    public async Task Keys_alone_reach_everything_in_order()
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("two-vms.json", "#view=steps");
        List<string> reached = [];
        for (int press = 0; press < 14; press++)
        {
            await recorder.Page.Keyboard.PressAsync("Tab");
            reached.Add(await recorder.Page.EvaluateAsync<string>(
                "String(document.activeElement.id || document.activeElement.getAttribute('aria-label') || document.activeElement.textContent)"));
        }

        Assert.That(reached, Is.EqualTo(new[]
        {
            "find", "copy-text", "copy-link", "Overview", "Steps", "Board", "Object", "Why before", "Compare", "Journal",
            "Steps", "Step 1", "Step 2", "Step 3",
        }));
    }

    [Test]
    public async Task Who_listens_hears_the_step()
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("blackout.json", "#view=steps&step=13");
        Assert.That(await recorder.Page.GetAttributeAsync("#slider", "aria-valuetext"), Is.EqualTo("Step 13 of 29: kexec"));
        Assert.That(await recorder.Page.Locator("main, nav[aria-label], footer[aria-label], header").CountAsync(), Is.EqualTo(4));
    }

    private static async Task GoAsync(Recorder recorder, string fragment) =>
        await recorder.Page.EvaluateAsync(
        "hash => { location.hash = hash; dispatchEvent(new PopStateEvent('popstate')); return new Promise(requestAnimationFrame); }",
        fragment.Length == 0 ? "#" : fragment);
}
