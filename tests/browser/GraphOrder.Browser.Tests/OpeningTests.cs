using GraphOrder.Reports;
using Microsoft.Playwright;

namespace GraphOrder.Browser.Tests;

[TestFixture]
public sealed class OpeningTests
{
    [TestCaseSource(typeof(Recorder), nameof(Recorder.SampleNames))]
    public async Task A_sample_opens_on_its_verdict_and_what_it_rests_on(string name)
    {
        PlanPicture picture = Recorder.Picture(Recorder.Read(name), name);
        await using Recorder recorder = await Recorder.OpenAsync(picture);
        string text = TextOf(picture);
        string verdict = string.Join(' ', text[..text.IndexOf("\n\n", StringComparison.Ordinal)]
            .Split('\n').Select(static line => line.Trim()));

        Assert.That(await recorder.Page.InnerTextAsync("h1"), Is.EqualTo(verdict));
        Assert.That(await recorder.Page.TitleAsync(), Does.Contain(name));
        bool hasWalk = picture.Result.Diagnostics.Any(static found => found.Cycle is not null);
        bool hasGuest = picture.Result.IsLegal && picture.Schedule is not null;
        Assert.That(await recorder.Stage.Locator("figure.walk").CountAsync(), Is.EqualTo(hasWalk ? 1 : 0));
        Assert.That(await recorder.Stage.Locator("figure.blackout").CountAsync(), Is.EqualTo(hasGuest ? 1 : 0));
        if (hasWalk || hasGuest)
        {
            await Assertions.Expect(recorder.Stage.Locator("figure").First).ToBeInViewportAsync();
        }
    }

    [TestCaseSource(typeof(Recorder), nameof(Recorder.SampleNames))]
    public async Task Copied_as_text_it_is_the_report(string name)
    {
        PlanPicture picture = Recorder.Picture(Recorder.Read(name), name);
        await using Recorder recorder = await Recorder.OpenAsync(picture);

        Assert.That(await recorder.CopiedAsync(), Is.EqualTo(TextOf(picture)));
        await Assertions.Expect(recorder.Page.Locator("#status")).ToHaveTextAsync("The text is in the clipboard.");
    }

    [Test]
    public async Task Where_the_clipboard_is_closed_the_text_is_in_a_field()
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("shared.json");
        await recorder.Page.EvaluateAsync("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')); }");
        await recorder.Page.ClickAsync("#copy-text");
        ILocator area = recorder.Page.Locator("#text-dialog textarea");

        await Assertions.Expect(area).ToBeVisibleAsync();
        Assert.That(await area.InputValueAsync(), Does.StartWith("ILLEGAL: vm-01 and vm-02"));
        await recorder.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(area).ToBeHiddenAsync();
    }

    [Test]
    public async Task The_walk_of_a_refusal_names_what_goes_first_and_who_says_so()
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("shared.json");
        ILocator steps = recorder.Stage.Locator("figure.walk li");

        Assert.That(await steps.CountAsync(), Is.EqualTo(2));
        Assert.That(await steps.First.InnerTextAsync(), Does.Contain("vm-01").And.Contain("finish before vm-02")
            .And.Contain("vm-01/ioas needs vm-02/shm").And.Contain("declared by vmm: \"ivshmem, 256 MiB\"")
            .And.Contain("shared.json:18").And.Contain("FINISH names no file"));
        Assert.That(await recorder.Stage.Locator("figure.walk .back").InnerTextAsync(), Is.EqualTo("back at 1: vm-01"));
    }

    [Test]
    public async Task A_long_walk_is_folded_in_its_middle_until_somebody_asks()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder().AddSession("s", out SessionId session);
        ObjectId[] objects = new ObjectId[100];
        for (int index = 0; index < objects.Length; index++)
        {
            builder.AddFile(session, $"o-{index}", ObjectKind.Memfd, out objects[index]);
        }

        for (int index = 0; index < objects.Length; index++)
        {
            builder.AddDependency(objects[index], objects[(index + 1) % objects.Length]);
        }

        await using Recorder recorder = await Recorder.OpenAsync(Recorder.Picture(builder.BuildSet(), "ring.json"));
        ILocator steps = recorder.Stage.Locator("figure.walk li");
        Assert.That(await steps.CountAsync(), Is.EqualTo(25));
        await recorder.Stage.GetByRole(AriaRole.Button, new() { Name = "76 more steps" }).ClickAsync();
        Assert.That(await steps.CountAsync(), Is.EqualTo(100));
    }

    [Test]
    public async Task A_blackout_is_drawn_to_scale()
    {
        PlanPicture picture = Recorder.Picture(Recorder.Read("blackout.json"), "blackout.json");
        await using Recorder recorder = await Recorder.OpenAsync(picture);
        ILocator bars = recorder.Stage.Locator(".guest .bar");
        GuestBlackout[] guests =
            [.. picture.Schedule!.Blackouts.OrderByDescending(static guest => guest.Microseconds)];
        double[] widths = new double[guests.Length];
        for (int index = 0; index < guests.Length; index++)
        {
            widths[index] = (await bars.Nth(index).BoundingBoxAsync())!.Width;
            string told = Milliseconds.Of(guests[index].Microseconds);
            Assert.That(await bars.Nth(index).InnerTextAsync(), Is.EqualTo(told));
        }

        double shorter = (double)guests[1].Microseconds / guests[0].Microseconds;
        Assert.That(widths[1] / widths[0], Is.EqualTo(shorter).Within(0.005));
    }

    [Test]
    public async Task Without_scripts_the_report_is_there_all_the_same()
    {
        PlanPicture picture = Recorder.Picture(Recorder.Read("shared.json"), "shared.json");
        string path = Recorder.Write(picture);
        await using IBrowserContext context = await Browser.ContextAsync(isScripted: false);
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(path).AbsoluteUri);

        Assert.That(await page.TextContentAsync("#report"), Is.EqualTo(TextOf(picture)));
        await Assertions.Expect(page.Locator("#report")).ToBeVisibleAsync();
    }

    private static string TextOf(PlanPicture picture)
    {
        StringWriter text = new() { NewLine = "\n" };
        picture.WriteText(text);
        return text.ToString();
    }
}
