using Microsoft.Playwright;

namespace GraphOrder.Browser.Tests;

/// <summary>
/// Pictures for somebody to look at: every sample, every view, three sizes, light and dark.
/// </summary>
[TestFixture]
public sealed class PictureTests
{
    private static readonly (int Width, int Height)[] Sizes = [(390, 844), (820, 1180), (1440, 900)];

    [TestCaseSource(typeof(Recorder), nameof(Recorder.SampleNames))]
    public async Task A_picture_is_left_of_each_view(string name)
    {
        if (Environment.GetEnvironmentVariable("GRAPHORDER_PICTURES") is not { Length: > 0 } folder)
        {
            Assert.Pass("GRAPHORDER_PICTURES names no folder: there is nobody to look.");
            return;
        }

        Directory.CreateDirectory(folder);
        SessionSet set = Recorder.Read(name);
        string focus = Uri.EscapeDataString(set.NameOf(new ObjectId(0)));
        string last = Uri.EscapeDataString(set.NameOf(new ObjectId(set.Objects.Length - 1)));
        (string Name, string Fragment)[] views =
        [
            ("overview", ""), ("steps", "#view=steps&step=9"), ("board", "#view=board&step=9"),
            ("finish", "#view=board&phase=finish&step=9"), ("object", $"#view=object&focus={focus}&hops=2&dependency=0"),
            ("why", $"#view=why&from={focus}&to={last}"), ("compare", "#view=compare"), ("journal", "#view=journal"),
        ];
        foreach ((int width, int height) in Sizes)
        {
            foreach ((string view, string fragment) in views)
            {
                await using Recorder recorder = await Recorder.OpenSampleAsync(
                    name, fragment, width, height, isDark: width == 820);
                await recorder.Page.ScreenshotAsync(new PageScreenshotOptions
                {
                    Path = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(name)}-{view}-{width}.png"),
                });
            }
        }
    }
}
