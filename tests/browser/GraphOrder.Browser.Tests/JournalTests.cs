using System.Text;
using System.Text.Json;
using GraphOrder.Reports;

namespace GraphOrder.Browser.Tests;

/// <summary>What happened beside what was planned, from journals that a run wrote.</summary>
[TestFixture]
public sealed class JournalTests
{
    private static readonly string Folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "journals");

    private static byte[] Journal(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    private static async Task<Recorder> OpenAsync(string name) =>
        await Recorder.OpenAsync(PictureOf(name), "#view=journal");

    // The journal holds its set, so the page is that of the same plan.
    private static PlanPicture PictureOf(string name)
    {
        foreach (string line in Encoding.UTF8.GetString(Journal(name)).Split('\n'))
        {
            using JsonDocument record = JsonDocument.Parse(line);
            if (record.RootElement.GetProperty("kind").GetString() == "document"
                && record.RootElement.GetProperty("name").GetString() == "set")
            {
                byte[] document = Encoding.UTF8.GetBytes(record.RootElement.GetProperty("text").GetString()!);
                SessionSet set = SessionSet.Read(new MemoryStream(document), "set.json");
                return Recorder.Picture(set, "set.json");
            }
        }

        throw new InvalidDataException("The journal has no set.");
    }

    private static async Task<Recorder> OpenStatusAsync(string name, string status)
    {
        string journal = Encoding.UTF8.GetString(Journal(name));
        return await Recorder.OpenFileAsync(Recorder.WriteFile(writer =>
            FlightRecorder.WriteStatus(writer, PictureOf(name), status, isGood: false, journal)));
    }

    // The digest of its set is another one, and every sum is right all the same.
    private static string OfAnotherSet(string name)
    {
        StringBuilder written = new();
        uint sum = 0;
        string[] lines = Encoding.UTF8.GetString(Journal(name)).TrimEnd('\n').Split('\n');
        foreach (string line in lines)
        {
            string record = line[..line.LastIndexOf(",\"sum\"", StringComparison.Ordinal)]
                .Replace("sha256:fad5aa13178c59d2", "sha256:0000000000000000", StringComparison.Ordinal);
            sum = Crc32C(sum, Encoding.UTF8.GetBytes(record));
            written.Append(record).Append($",\"sum\":\"{sum:x8}\"}}\n");
        }

        return written.ToString();
    }

    // Over the sum of the line before, four bytes from the least on, and the bytes of a line.
    private static uint Crc32C(uint before, byte[] bytes)
    {
        uint value = System.Numerics.BitOperations.Crc32C(0xffffffff, before);
        foreach (byte one in bytes)
        {
            value = System.Numerics.BitOperations.Crc32C(value, one);
        }

        return ~value;
    }

    private static Task LoadAsync(Recorder recorder, byte[] bytes) =>
        recorder.LoadAsync("journal-file", "journal", bytes);

    [Test]
    public async Task An_update_that_went_as_planned_has_no_deviation()
    {
        await using Recorder recorder = await OpenAsync("update-done.journal");
        await LoadAsync(recorder, Journal("update-done.journal"));

        Assert.That(await recorder.Stage.Locator(".answer").InnerTextAsync(), Does.StartWith("AS PLANNED: 14 of 17 steps"));
        Assert.That(await recorder.Stage.Locator("tr.deviation").CountAsync(), Is.Zero);
        Assert.That(await recorder.Stage.Locator("tr[data-step='8']").InnerTextAsync(), Does.Contain("kexec").And.Contain("not by this run"));
        Assert.That(await recorder.CopiedAsync(), Does.StartWith("AS PLANNED").And.Contain("Kernel 7.3.4 took over behind step 7."));
    }

    [Test]
    public async Task Memory_that_came_back_different_is_the_first_deviation()
    {
        await using Recorder recorder = await OpenAsync("update-damaged.journal");
        await LoadAsync(recorder, Journal("update-damaged.journal"));

        Assert.That(await recorder.Stage.Locator(".answer").InnerTextAsync(),
            Does.StartWith("DEVIATES at step 11 (retrieve vm-01 ram): vm-01/ram came back different: content"));
        Assert.That(await recorder.Stage.Locator("tr.deviation th").InnerTextAsync(), Is.EqualTo("11"));
        await Microsoft.Playwright.Assertions.Expect(recorder.Stage.Locator("tr.deviation")).ToBeInViewportAsync();
    }

    [Test]
    public async Task What_status_wrote_opens_on_the_first_deviation()
    {
        const string status = "STOPPED at step 11 of 17.\n\n  journal  here\n";
        await using Recorder recorder = await OpenStatusAsync("update-damaged.journal", status);

        Assert.That(await recorder.Page.InnerTextAsync("h1"), Is.EqualTo("STOPPED at step 11 of 17."));
        Assert.That(await recorder.Page.GetAttributeAsync("h1", "class"), Is.EqualTo("illegal"));
        Assert.That(await recorder.Stage.Locator(".answer").InnerTextAsync(), Does.StartWith("DEVIATES at step 11"));
        Assert.That(await recorder.Stage.Locator("#report").InnerTextAsync(), Is.EqualTo(status));
        await recorder.Page.ClickAsync("#views a[data-view=overview]");
        Assert.That(await recorder.CopiedAsync(), Is.EqualTo(status));
    }

    [Test]
    public async Task A_journal_that_ends_early_says_where()
    {
        byte[] whole = Journal("update-done.journal");
        string[] lines = Encoding.UTF8.GetString(whole).Split('\n');
        int ofTheFifthBegin = Array.FindIndex(lines, static line => line.Contains("\"begin\"") && line.Contains("\"step\":5"));
        await using Recorder recorder = await OpenAsync("update-done.journal");
        await LoadAsync(recorder, Encoding.UTF8.GetBytes(string.Join('\n', lines[..(ofTheFifthBegin + 1)]) + "\n"));
        Assert.That(await recorder.Stage.Locator(".answer").InnerTextAsync(),
            Is.EqualTo("DEVIATES at step 5 (preserve vm-01 state): it was begun, and nobody knows whether it happened."));

        // The last line is not whole: it was being written.
        int inTheLine = Encoding.UTF8.GetByteCount(string.Join('\n', lines[..ofTheFifthBegin])) + 20;
        await LoadAsync(recorder, whole[..inTheLine]);
        Assert.That(await recorder.Stage.Locator(".answer").InnerTextAsync(), Does.Contain("the journal ends behind step 4"));
    }

    [Test]
    public async Task A_changed_byte_is_noticed_wherever_it_is()
    {
        byte[] whole = Journal("update-done.journal");
        await using Recorder recorder = await OpenAsync("update-done.journal");
        int last = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2);
        for (int at = 7; at < last; at += Math.Max(last / 40, 1))
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            await LoadAsync(recorder, changed);
            Assert.That(await recorder.Stage.Locator(".problem").InnerTextAsync(), Does.Contain("journal"), $"byte {at}");
        }
    }

    [Test]
    public async Task A_journal_of_another_set_is_refused_with_both_digests_and_the_page_stays()
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("two-vms.json", "#view=journal");
        string before = await recorder.Page.InnerTextAsync("h1");
        await LoadAsync(recorder, Journal("update-done.journal"));

        string shown = Recorder.Read("two-vms.json").Digest.ToString()[..23];
        Assert.That(await recorder.Stage.Locator(".problem").InnerTextAsync(), Is.EqualTo(
            "This journal is of another set: its plan is for sha256:fad5aa13178c59d2..., not for the " + shown + "... of this page."));
        Assert.That(await recorder.Stage.Locator("table, .answer").CountAsync(), Is.Zero);
        Assert.That(await recorder.Page.InnerTextAsync("h1"), Is.EqualTo(before));
    }

    [Test]
    public async Task A_refused_journal_leaves_the_one_that_is_shown()
    {
        await using Recorder recorder = await OpenAsync("update-done.journal");
        await LoadAsync(recorder, Journal("update-done.journal"));
        await LoadAsync(recorder, Encoding.UTF8.GetBytes(OfAnotherSet("update-done.journal")));

        Assert.That(await recorder.Stage.Locator(".problem").InnerTextAsync(),
            Does.StartWith("This journal is of another set: its plan is for sha256:0000000000000000...,"));
        Assert.That(await recorder.Stage.Locator(".answer").InnerTextAsync(), Does.StartWith("AS PLANNED"));
    }

    [Test]
    public async Task A_journal_without_its_plan_is_refused()
    {
        string[] lines = Encoding.UTF8.GetString(Journal("update-done.journal")).Split('\n');
        await using Recorder recorder = await OpenAsync("update-done.journal");
        await LoadAsync(recorder, Encoding.UTF8.GetBytes(lines[0] + "\n"));

        Assert.That(await recorder.Stage.Locator(".problem").InnerTextAsync(), Does.StartWith("This journal ends in front of its plan"));
    }

    [Test]
    public async Task Behind_the_last_step_a_journal_that_is_not_closed_says_so()
    {
        string[] lines = Encoding.UTF8.GetString(Journal("update-done.journal")).Split('\n');
        int last = Array.FindLastIndex(lines, static line => line.Contains("\"end\"") && line.Contains("\"step\":17"));
        await using Recorder recorder = await OpenAsync("update-done.journal");
        await LoadAsync(recorder, Encoding.UTF8.GetBytes(string.Join('\n', lines[..(last + 1)]) + "\n"));

        Assert.That(await recorder.Stage.Locator(".answer").InnerTextAsync(), Is.EqualTo(
            "NOT CLOSED: step 17, the last, was done, and the journal ends before it says that the update is over."));
        Assert.That(await recorder.Stage.Locator("tr.deviation").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task What_status_wrote_begins_where_its_journal_ends()
    {
        await using Recorder recorder = await OpenStatusAsync("update-damaged.journal", "STOPPED at step 11 of 17.\n");
        Assert.That(await recorder.Page.InputValueAsync("#slider"), Is.EqualTo("11"));

        // The address leaves out what is usual here and tells what is not.
        await recorder.Page.ClickAsync("#scrubber button[aria-label='Previous step']");
        Assert.That(recorder.Fragment, Does.Contain("step=10"));
        await recorder.Page.ClickAsync("#scrubber button[aria-label='Next step']");
        Assert.That(recorder.Fragment, Does.Not.Contain("step="));
        await recorder.Page.ReloadAsync();
        Assert.That(await recorder.Page.InputValueAsync("#slider"), Is.EqualTo("11"));
    }

    [Test]
    public async Task Another_journal_takes_the_place_of_what_status_said()
    {
        await using Recorder recorder = await OpenStatusAsync("update-damaged.journal", "STOPPED at step 11 of 17.\n\n  old words\n");
        await LoadAsync(recorder, Journal("update-done.journal"));

        Assert.That(await recorder.Page.InnerTextAsync("h1"), Does.StartWith("AS PLANNED: 14 of 17 steps"));
        Assert.That(await recorder.Page.GetAttributeAsync("h1", "class"), Is.EqualTo("legal"));
        Assert.That(await recorder.Page.InnerTextAsync("body"), Does.Not.Contain("old words").And.Not.Contain("STOPPED"));
        Assert.That(await recorder.Page.InputValueAsync("#slider"), Is.EqualTo("17"));
        await recorder.Page.ClickAsync("#views a[data-view=overview]");
        Assert.That(await recorder.Page.InnerTextAsync("#report"), Does.StartWith("AS PLANNED").And.Not.Contain("old words"));
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("not a journal\n")]
    [TestCase("{\"kind\":\"journal\"}\n{\"kind\":\"over\"}\n")]
    public async Task What_is_no_journal_is_refused_in_a_sentence(string text)
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("two-vms.json", "#view=journal");
        await LoadAsync(recorder, Encoding.UTF8.GetBytes(text));

        Assert.That(await recorder.Stage.Locator(".problem").InnerTextAsync(), Does.StartWith("This is no journal"));
    }
}
