using Microsoft.Playwright;

namespace GraphOrder.Browser.Tests;

/// <summary>
/// Searching, looking at one object, running through the steps: with the mouse and with keys alone.
/// </summary>
[TestFixture]
public sealed class LookingTests
{
    [Test]
    public async Task A_search_by_keys_alone_leads_to_the_object()
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("blackout.json");
        await recorder.Page.Keyboard.PressAsync("/");
        await recorder.Page.Keyboard.TypeAsync("vm-02 dev");
        ILocator options = recorder.Page.Locator("#find-list li");
        Assert.That(await options.AllInnerTextsAsync(), Is.EqualTo(new[] { "vm-02/nic0 vfio-device" }));
        await recorder.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(recorder.Stage.Locator("h2")).ToBeFocusedAsync();
        Assert.That(recorder.Fragment, Is.EqualTo("#view=object&focus=vm-02%2Fnic0"));
        Assert.That(await recorder.Stage.Locator(".box.focus").InnerTextAsync(), Does.StartWith("vm-02/nic0"));
    }

    [Test]
    public async Task Arrows_go_through_what_a_search_found_and_Escape_closes_it()
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("two-vms.json");
        await recorder.Page.FillAsync("#find", "ram");
        ILocator list = recorder.Page.Locator("#find-list");
        string[] found = [.. await list.Locator("li").AllInnerTextsAsync()];
        Assert.That(found, Is.EqualTo(new[] { "vm-01/ram memfd", "vm-02/ram memfd" }));
        await recorder.Page.FocusAsync("#find");
        await recorder.Page.Keyboard.PressAsync("ArrowDown");
        Assert.That(await recorder.Page.GetAttributeAsync("#find", "aria-activedescendant"), Is.EqualTo("find-1"));
        await recorder.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(list).ToBeHiddenAsync();
        await recorder.Page.FillAsync("#find", "no such thing");
        await Assertions.Expect(list).ToHaveTextAsync("Nothing has a name like this.");
    }

    [TestCase("two-vms.json", "vm-01/ram", 2, 1440)]
    [TestCase("two-vms.json", "vm-01/ram", 2, 390)]
    [TestCase("blackout.json", "vm-02/nic0", 3, 1440)]
    public async Task No_line_between_columns_runs_behind_a_box(
        string sample, string focus, int hops, int width)
    {
        string fragment = $"#view=object&focus={focus}&hops={hops}";
        await using Recorder recorder = await Recorder.OpenSampleAsync(sample, fragment, width);
        await Assertions.Expect(recorder.Stage.Locator(".lines .line").First).ToBeAttachedAsync();
        string[] hidden = await recorder.Page.EvaluateAsync<string[]>("""
            () => {
              const field = document.querySelector(".field").getBoundingClientRect();
              const boxes = [...document.querySelectorAll(".field .box")].map(box => ({ name: box.textContent, at: box.getBoundingClientRect() }));
              return [...document.querySelectorAll(".lines .line")].flatMap(line => {
                const length = line.getTotalLength();
                const [first, last] = [line.getPointAtLength(0), line.getPointAtLength(length)];
                const isAcross = Math.abs(first.x - last.x) > 40;
                const places = Array.from({ length: 200 }, (_, part) => length * part / 200);
                const points = places.map(place => line.getPointAtLength(place));
                return boxes.filter(({ at }) => isAcross && points.some(({ x, y }) =>
                  x + field.left > at.left + 3 && x + field.left < at.right - 3
                  && y + field.top > at.top + 3 && y + field.top < at.bottom - 3)).map(box => box.name);
              });
            }
            """);
        Assert.That(hidden, Is.Empty);
    }

    [Test]
    public async Task A_dependency_says_who_declared_it_and_why()
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("shared.json", "#view=object&focus=vm-01/ioas");
        await recorder.Stage.Locator(".dependencies .dependency", new() { HasText = "vm-01/ioas needs vm-02/shm" }).ClickAsync();
        string told = await recorder.Page.InnerTextAsync("#details");

        Assert.That(told, Does.Contain("declared by vmm: \"ivshmem, 256 MiB\"").And.Contain("shared.json:18")
            .And.Contain("hard").And.Contain("preserve, freeze"));
        await recorder.Page.Locator("#details").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Assertions.Expect(recorder.Page.Locator("#details")).ToBeHiddenAsync();
    }

    [TestCase("session:vm-01", "holds ram, iommufd, ioas, domain, hwpt, gpu0, state")]
    [TestCase("vm-01/iommufd", "carries ioas, domain, hwpt")]
    public async Task What_something_holds_is_told_and_can_be_looked_at(string focus, string told)
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("two-vms.json", $"#view=object&focus={focus}");
        Assert.That(await recorder.Stage.InnerTextAsync(), Does.Contain(told));
        await recorder.Stage.GetByRole(AriaRole.Button, new() { Name = "ioas", Exact = true }).First.ClickAsync();
        Assert.That(recorder.Fragment, Does.Contain("focus=vm-01%2Fioas"));
    }

    [Test]
    public async Task A_line_of_the_picture_can_be_clicked()
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("two-vms.json", "#focus=vm-01/ram");
        await recorder.Page.WaitForFunctionAsync("document.querySelectorAll('.lines .touch').length > 0");
        await recorder.Stage.Locator(".lines .touch").First.DispatchEventAsync("click");

        await Assertions.Expect(recorder.Page.Locator("#details")).ToContainTextAsync("vm-01/ram");
        Assert.That(await recorder.Stage.Locator(".lines .chosen").CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task More_hops_show_more_and_the_way_back_is_the_browsers()
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("two-vms.json", "#focus=vm-01/gpu0");
        int near = await recorder.Stage.Locator(".box").CountAsync();
        await recorder.Stage.GetByRole(AriaRole.Button, new() { Name = "3 hops" }).ClickAsync();
        int far = await recorder.Stage.Locator(".box").CountAsync();
        Assert.That(far, Is.GreaterThan(near));
        await recorder.Page.GoBackAsync();
        Assert.That(await recorder.Stage.Locator(".box").CountAsync(), Is.EqualTo(near));
    }

    [Test]
    public async Task The_slider_runs_through_the_steps_and_the_board_follows()
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("blackout.json", "#view=board");
        ILocator ram = recorder.Stage.Locator(".lane").First.Locator(".chip", new() { HasText = "ram" });
        await Assertions.Expect(ram).ToHaveAttributeAsync("data-state", "waiting");
        await recorder.Page.FocusAsync("#slider");
        for (int step = 1; step < 3; step++)
        {
            await recorder.Page.Keyboard.PressAsync("ArrowRight");
        }

        Assert.That(await recorder.Page.InnerTextAsync("#step-text"), Is.EqualTo("Step 3 of 29: preserve vm-01 ram"));
        await Assertions.Expect(ram).ToHaveAttributeAsync("data-state", "preserved");
        foreach ((int step, string state) in ((int, string)[])[(13, "handed"), (16, "retrieved"), (28, "retrieved"), (29, "finished")])
        {
            await recorder.Page.FillAsync("#slider", $"{step}");
            await Assertions.Expect(ram).ToHaveAttributeAsync("data-state", state);
        }

        Assert.That(recorder.Fragment, Does.Contain("step=29"));
    }

    [TestCase(8, false)]
    [TestCase(9, true)]
    [TestCase(20, true)]
    [TestCase(21, false)]
    public async Task A_paused_guest_is_marked_from_its_pause_to_its_resume(int step, bool isPaused)
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("blackout.json", $"#view=board&step={step}");

        Assert.That(await recorder.Stage.Locator(".lane").First.GetAttributeAsync("class"),
            isPaused ? Does.Contain("paused") : Does.Not.Contain("paused"));
    }

    [Test]
    public async Task A_step_is_marked_and_its_reason_is_the_reports()
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("blackout.json", "#view=steps&step=17");
        ILocator row = recorder.Stage.Locator("tr[aria-current]");
        Assert.That((await row.InnerTextAsync()).Split('\t', '\n').Select(static cell => cell.Trim()),
            Is.EqualTo(new[] { "17", "retrieve", "vm-01", "0x3", "iommufd +3", "needs 16: ioas maps ram" }));
        await recorder.Page.GetByRole(AriaRole.Button, new() { Name = "Next step" }).ClickAsync();
        Assert.That(await recorder.Stage.Locator("tr[aria-current] th").InnerTextAsync(), Is.EqualTo("18"));
        await recorder.Page.Locator(".jumps").GetByText("finish").ClickAsync();
        Assert.That(await recorder.Stage.Locator("tr[aria-current] th").InnerTextAsync(), Is.EqualTo("28"));
    }

    [Test]
    public async Task Sessions_that_are_alike_are_one_row_until_somebody_asks()
    {
        SessionSet set = SampleSets.Guests(40);
        await using Recorder recorder = await Recorder.OpenAsync(Recorder.Picture(set, "guests.json"), "#view=board");
        ILocator lanes = recorder.Stage.Locator(".lane");
        Assert.That(await lanes.CountAsync(), Is.EqualTo(1));
        Assert.That(await lanes.First.InnerTextAsync(), Does.Contain("x 40").And.Contain("and 39 alike"));
        await lanes.First.GetByText("and 39 alike").ClickAsync();
        Assert.That(await lanes.CountAsync(), Is.EqualTo(40));
    }

    [Test]
    public async Task An_address_holds_the_view()
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("two-vms.json",
            "#view=why&from=vm-01%2Fram&to=vm-02%2Fiommufd&phase=finish");
        Assert.That(await recorder.Page.InputValueAsync("#why-from"), Is.EqualTo("vm-01/ram"));
        Assert.That(await recorder.Stage.Locator(".answer").InnerTextAsync(),
            Is.EqualTo("THE OTHER WAY ROUND: vm-02/iommufd must finish before vm-01/ram."));
        Assert.That(await recorder.Page.Locator("#views a[aria-current]").InnerTextAsync(), Is.EqualTo("Why before"));
    }

    [TestCase("#view=nowhere&focus=nobody&step=-5&hops=99&phase=never&dependency=x")]
    [TestCase("#%E0%A4%A")]
    [TestCase("#view=object&focus=%3Cscript%3Ealert(1)%3C/script%3E")]
    public async Task A_wrong_address_opens_the_page_all_the_same(string fragment)
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("two-vms.json", fragment);
        Assert.That(await recorder.Page.InnerTextAsync("h1"), Does.StartWith("LEGAL"));
        Assert.That(await recorder.Stage.Locator("h2").CountAsync(), Is.EqualTo(1));
    }
}
