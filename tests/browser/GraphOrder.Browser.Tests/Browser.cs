using Microsoft.Playwright;

namespace GraphOrder.Browser.Tests;

/// <summary>One Chromium for all tests, as Debian packs it; each page is a context of its own.</summary>
[SetUpFixture]
public sealed class Browser
{
    private static IPlaywright? _playwright;
    private static IBrowser? _browser;

    /// <summary>Where Debian's package puts it.</summary>
    private static string Program { get; } = Environment.GetEnvironmentVariable("GRAPHORDER_CHROMIUM") ?? "/usr/bin/chromium";

    [OneTimeSetUp]
    public async Task Start()
    {
        if (!File.Exists(Program))
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--hide-scrollbars",
            ],
        });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>
    /// Opens nothing yet: a context with a size and a colour scheme. Skips where there is no Chromium.
    /// </summary>
    public static async Task<IBrowserContext> ContextAsync(
        int width = 1280, int height = 900, bool isDark = false, bool isScripted = true)
    {
        if (_browser is null)
        {
            Assert.Ignore($"{Program} is missing: tests/install-tools.sh installs it.");
        }

        return await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            JavaScriptEnabled = isScripted,
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
        });
    }
}
