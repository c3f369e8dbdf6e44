using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GraphOrder.Reports.Tests.Recorder;

/// <summary>
/// Every sample has a page. Styles and script are the same in all and lie in the project as they are; here is
/// the rest.
/// </summary>
[TestFixture]
public sealed partial class FlightRecorderGoldenTests
{
    private static IEnumerable<string> Names => Directory
        .EnumerateFiles(Sample.Folder, "*.json")
        .Select(static path => Path.GetFileNameWithoutExtension(path))
        .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Names))]
    public void A_sample_has_the_page_that_the_file_has(string name) =>
        Golden.Compare(name, Unfolded(PageOf(Sample.Read(name + ".json"), name + ".json")), ".html");

    [TestCase("two-vms", "linux-next")]
    [TestCase("blackout", "explicit-graph")]
    [TestCase("session-set", "global-finish")]
    public void A_sample_has_one_under_another_model(string name, string models) => Golden.Compare(
        $"{name}.{models}", Unfolded(PageOf(Sample.Read(name + ".json"), name + ".json", models)), ".html");

    [Test]
    public void A_page_is_written_twice_alike()
    {
        SessionSet set = Sample.Read("blackout.json");
        string once = PageOf(set, "a");
        Assert.That(PageOf(set, "a"), Is.EqualTo(once));
    }

    [Test]
    public void The_policy_names_the_script_that_is_there()
    {
        string page = PageOf(Sample.Read("two-vms.json"), "a");
        string script = ScriptOf().Match(page).Groups[2].Value;
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(script));
        Assert.That(page, Does.Contain($"script-src 'sha256-{Convert.ToBase64String(digest)}'"));
    }

    private static string PageOf(SessionSet set, string name, string? models = null)
    {
        KernelPair kernels = models is null ? KernelPair.Of(set.Host) : Sample.Kernels(models);
        PlanAnswer answer = PlanRequest.Answer(set, kernels, null, null, ScheduleOptions.Default);
        StringWriter page = new() { NewLine = "\n" };
        FlightRecorder.Write(page, new PlanPicture
        {
            Set = set,
            Kernels = kernels,
            Result = answer.Result,
            Repairs = answer.Repairs,
            Schedule = answer.Schedule,
            Report = Sample.Options(name),
        });
        return page.ToString();
    }

    // One member of the data a line, so that a difference can be read.
    private static string Unfolded(string page)
    {
        string bare = StyleOf().Replace(ScriptOf().Replace(page, "$1...$3"), "$1...$2");
        string known = DigestOf().Replace(bare, "sha256-...");
        return DataOf().Replace(known, static found =>
        {
            using JsonDocument data = JsonDocument.Parse(found.Groups[2].Value);
            IEnumerable<string> members = data.RootElement.EnumerateObject()
                .Select(static member => $"\"{member.Name}\": {Rows(member.Value)}");
            return $"{found.Groups[1].Value}\n{string.Join(",\n", members)}\n{found.Groups[3].Value}";
        });
    }

    private static string Rows(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
        ? $"[\n  {string.Join(",\n  ", value.EnumerateArray().Select(static row => row.GetRawText()))}]"
        : value.GetRawText();

    [GeneratedRegex("(<script>)(.*?)(</script>)", RegexOptions.Singleline)]
    private static partial Regex ScriptOf();

    [GeneratedRegex("(<style>).*?(</style>)", RegexOptions.Singleline)]
    private static partial Regex StyleOf();

    [GeneratedRegex("sha256-[A-Za-z0-9+/=]{44}")]
    private static partial Regex DigestOf();

    [GeneratedRegex("(id=\"recording\">)(.*?)(</script>)", RegexOptions.Singleline)]
    private static partial Regex DataOf();
}
