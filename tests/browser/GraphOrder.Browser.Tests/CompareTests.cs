using System.Text;
using GraphOrder.Reports;
using Microsoft.Playwright;

namespace GraphOrder.Browser.Tests;

/// <summary>
/// The page computes differences by itself; what <c>diff</c> writes of the same documents is the judge.
/// </summary>
[TestFixture]
public sealed class CompareTests
{
    private static readonly string[] Models = ["linux-7.3", "explicit-graph", "session-finish", "global-finish"];

    private static IEnumerable<TestCaseData> Pairs()
    {
        foreach (string model in Models)
        {
            yield return new TestCaseData("two-vms.json", "linux-7.3", "two-vms.json", model);
            yield return new TestCaseData("blackout.json", model, "blackout.json", "linux-7.3");
        }

        yield return new TestCaseData("two-vms.json", "linux-7.3", "blackout.json", "linux-7.3");
        yield return new TestCaseData("microvm.json", "linux-7.3", "services.json", "linux-7.3");
        yield return new TestCaseData("session-set.json", "linux-7.3", "sound-map.json", "linux-7.3");
        yield return new TestCaseData("every-member.json", "linux-7.3", "two-vms.json", "linux-7.3");
        yield return new TestCaseData("seed-legal.json", "linux-7.3", "seed.json", "linux-7.3");
        yield return new TestCaseData("seed.json", "linux-7.3", "seed-legal.json", "linux-7.3");
        yield return new TestCaseData("seed.json", "linux-7.3", "shared.json", "linux-7.3");
    }

    [TestCaseSource(nameof(Pairs))]
    public async Task It_reads_as_the_command(
        string firstName, string firstModel, string secondName, string secondModel)
    {
        PlanPicture first = Picture(Recorder.Read(firstName), firstName, firstModel);
        PlanPicture second = Picture(Recorder.Read(secondName), secondName, secondModel);
        await using Recorder recorder = await Recorder.OpenAsync(first, "#view=compare");
        await LoadAsync(recorder, "second.json", Document(second));

        Assert.That(await recorder.CopiedAsync(), Is.EqualTo(TextOf(first, second, "second.json")));
    }

    [TestCase(7)]
    [TestCase(8)]
    [TestCase(9)]
    public async Task Of_orders_that_differ_at_random_too(int seed)
    {
        PlanPicture first = Picture(SampleSets.Guests(20), "first", "linux-7.3");
        PlanPicture second = Picture(SampleSets.Shuffled(20, seed), "second", "linux-7.3");
        await using Recorder recorder = await Recorder.OpenAsync(first, "#view=compare");
        await LoadAsync(recorder, "second", Document(second));
        string text = await recorder.CopiedAsync();

        Assert.That(text, Does.StartWith("ORDER CHANGED").And.Contain("more; --format json has"));
        Assert.That(text, Is.EqualTo(TextOf(first, second, "second")));
    }

    [Test]
    public async Task Another_page_can_be_the_second_plan()
    {
        PlanPicture first = Picture(Recorder.Read("two-vms.json"), "two-vms.json", "linux-7.3");
        PlanPicture second = Picture(Recorder.Read("two-vms.json"), "two-vms.json", "explicit-graph");
        string path = Recorder.Write(second);
        await using Recorder recorder = await Recorder.OpenAsync(first, "#view=compare");
        await LoadAsync(recorder, "page.html", await File.ReadAllBytesAsync(path));

        Assert.That(await recorder.CopiedAsync(), Is.EqualTo(TextOf(first, second, "two-vms.json")));
        Assert.That(await recorder.Stage.Locator(".slopes .sides li").CountAsync(), Is.EqualTo(8));
        await recorder.Stage.GetByRole(AriaRole.Button, new() { Name = "finish: 5 moved" }).ClickAsync();
        Assert.That(await recorder.Stage.Locator(".slopes .sides li").CountAsync(), Is.EqualTo(10));
    }

    [Test]
    public async Task What_the_command_compared_opens_with_its_causes()
    {
        SessionSet set = Recorder.Read("two-vms.json");
        PlanPicture first = Picture(set, "two-vms.json", "linux-7.3");
        PlanPicture second = Picture(set, "two-vms.json", "explicit-graph");
        PlanDifference difference = PlanDiffer.Compare(Side(first), Side(second));
        DiffTextOptions options = new() { FirstName = "first.json", SecondName = "second.json" };
        StringWriter text = new() { NewLine = "\n" };
        TextReport.WriteDiff(text, difference, options);
        await using Recorder recorder = await Recorder.OpenFileAsync(
            Recorder.WriteFile(writer => FlightRecorder.WriteDiff(writer, second, difference, options)));

        Assert.That(await recorder.Page.Locator("#views a[aria-current]").InnerTextAsync(), Is.EqualTo("Compare"));
        Assert.That(await recorder.Stage.Locator(".answer").InnerTextAsync(), Does.Contain("all due to the model"));
        Assert.That(await recorder.Stage.Locator(".moves").InnerTextAsync(), Does.Contain("the models decide freeze differently"));
        Assert.That(await recorder.CopiedAsync(), Is.EqualTo(text.ToString()));
    }

    [TestCase("", "This is no JSON document and no page like this one.")]
    [TestCase("<html>nothing</html>", "This is no JSON document and no page like this one.")]
    [TestCase("{\"schema\":\"graphorder/session-set/1\"}", "This is neither a plan (graphorder/plan/1) nor a page")]
    [TestCase("[]", "This is neither a plan (graphorder/plan/1) nor a page")]
    public async Task What_is_no_plan_is_refused_in_a_sentence(string text, string start)
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync("two-vms.json", "#view=compare");
        await LoadAsync(recorder, "x", Encoding.UTF8.GetBytes(text));

        Assert.That(await recorder.Stage.Locator(".problem").InnerTextAsync(), Does.StartWith(start));
    }

    private static PlanPicture Picture(SessionSet set, string name, string model)
    {
        Assert.That(LifecycleModel.TryFind(model, out LifecycleModel? found));
        return Recorder.Picture(set, name, model == "linux-7.3" ? KernelPair.Linux73 : KernelPair.Of(found!));
    }

    private static PlanSide Side(PlanPicture picture) =>
        new(picture.Result) { Graph = DependencyGraph.Of(picture.Set), Kernels = picture.Kernels };

    private static byte[] Document(PlanPicture picture)
    {
        MemoryStream written = new();
        PlanWriter.Write(written, picture.Result);
        return written.ToArray();
    }

    // What the command writes of the two documents alone.
    private static string TextOf(PlanPicture first, PlanPicture second, string secondName)
    {
        PlanResult[] read = [.. ((PlanPicture[])[first, second]).Select(
            static picture => PlanReader.Read(new MemoryStream(Document(picture)), "plan"))];
        StringWriter text = new() { NewLine = "\n" };
        TextReport.WriteDiff(
            text,
            PlanDiffer.Compare(PlanSide.Of(read[0]), PlanSide.Of(read[1])),
            new DiffTextOptions { FirstName = first.Report.SetName, SecondName = secondName });
        return text.ToString();
    }

    private static Task LoadAsync(Recorder recorder, string name, byte[] bytes) =>
        recorder.LoadAsync("compare-file", name, bytes);
}
