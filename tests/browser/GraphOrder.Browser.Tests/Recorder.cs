using System.Text;
using GraphOrder.Mappings;
using GraphOrder.Reports;
using Microsoft.Playwright;

namespace GraphOrder.Browser.Tests;

/// <summary>
/// A flight recorder opened from disk in Chromium. Whatever the page complains of, or asks the network for,
/// fails the
/// test that opened it.
/// </summary>
internal sealed class Recorder : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints;

    private Recorder(IBrowserContext context, IPage page, List<string> complaints, string path)
    {
        _context = context;
        _complaints = complaints;
        Page = page;
        Path = path;
    }

    public static string Samples { get; } = System.IO.Path.Combine(TestContext.CurrentContext.TestDirectory, "samples");

    public static string[] SampleNames { get; } =
    [
        .. Directory.GetFiles(Samples, "*.json").Select(static path => System.IO.Path.GetFileName(path)).Order(StringComparer.Ordinal),
    ];

    public IPage Page { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    public ILocator Stage => Page.Locator("#stage");

    public static PlanPicture Picture(SessionSet set, string name, KernelPair? kernels = null)
    {
        KernelPair pair = kernels ?? KernelPair.Of(set.Host);
        PlanAnswer answer = PlanRequest.Answer(set, pair, null, null, ScheduleOptions.Default);
        return new PlanPicture
        {
            Set = set,
            Kernels = pair,
            Result = answer.Result,
            Repairs = answer.Repairs,
            Schedule = answer.Schedule,
            Report = new TextReportOptions { SetName = name },
        };
    }

    public static SessionSet Read(string name)
    {
        using FileStream stream = File.OpenRead(System.IO.Path.Combine(Samples, name));
        SessionSet set = SessionSet.Read(stream, name);
        return set.With(new PageTableSource(Samples).Walk(set, default), acceptsMapped: false);
    }

    /// <summary>Writes a page to the test's own folder.</summary>
    public static string Write(PlanPicture picture) =>
        WriteFile(writer => FlightRecorder.Write(writer, picture));

    /// <summary>Writes a page of any kind to the test's own folder.</summary>
    public static string WriteFile(Action<TextWriter> write)
    {
        string folder = System.IO.Path.Combine(TestContext.CurrentContext.WorkDirectory, "pages");
        Directory.CreateDirectory(folder);
        string path = System.IO.Path.Combine(folder, $"{TestContext.CurrentContext.Test.ID}-{Guid.NewGuid():N}.html");
        using StreamWriter writer = new(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        write(writer);
        return path;
    }

    public static Task<Recorder> OpenSampleAsync(
        string name, string fragment = "", int width = 1280, int height = 900, bool isDark = false) =>
        OpenAsync(Picture(Read(name), name), fragment, width, height, isDark);

    public static Task<Recorder> OpenAsync(
        PlanPicture picture, string fragment = "", int width = 1280, int height = 900, bool isDark = false) =>
        OpenFileAsync(Write(picture), fragment, width, height, isDark);

    public static async Task<Recorder> OpenFileAsync(
        string path, string fragment = "", int width = 1280, int height = 900, bool isDark = false)
    {
        IBrowserContext context = await Browser.ContextAsync(width, height, isDark);
        List<string> complaints = [];
        IPage page = await context.NewPageAsync();
        page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => complaints.Add($"error: {error}");
        page.Dialog += (_, dialog) => complaints.Add($"dialog: {dialog.Message}");
        page.Request += (_, request) =>
        {
            if (request.Url != new Uri(path).AbsoluteUri)
            {
                complaints.Add($"request: {request.Url}");
            }
        };
        await page.GotoAsync(new Uri(path).AbsoluteUri + fragment);
        return new Recorder(context, page, complaints, path);
    }

    /// <summary>The rest of the address behind its number sign, as parameters.</summary>
    public string Fragment => new Uri(Page.Url).Fragment;

    /// <summary>Gives a file to a field, and waits for what the page shows of it.</summary>
    public async Task LoadAsync(string field, string name, byte[] bytes)
    {
        await Page.EvaluateAsync($"document.getElementById('{field}').dataset.used = 'yes'");
        await Page.SetInputFilesAsync(
            $"#{field}", new FilePayload { Name = name, MimeType = "text/plain", Buffer = bytes });
        await Page.WaitForSelectorAsync(
            $"#{field}:not([data-used])", new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>What "copy as text" gives.</summary>
    public async Task<string> CopiedAsync()
    {
        await _context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await Page.ClickAsync("#copy-text");
        return await Page.EvaluateAsync<string>("navigator.clipboard.readText()");
    }

    public async ValueTask DisposeAsync()
    {
        string shown = await Page.EvaluateAsync<string>("document.body.innerText");
        await _context.CloseAsync();
        File.Delete(Path);
        Assert.That(_complaints, Is.Empty, "what the page complained of");
        Assert.That(shown, Does.Not.Contain("[object ").And.Not.Contain("undefined").And.Not.Contain("NaN"));
    }
}
