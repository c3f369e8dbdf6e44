namespace GraphOrder.Browser.Tests;

[TestFixture]
public sealed class OpeningTests
{
    [TestCaseSource(typeof(Recorder), nameof(Recorder.SampleNames))]
    public async Task A_sample_opens_on_its_verdict(string name)
    {
        await using Recorder recorder = await Recorder.OpenSampleAsync(name);
        string verdict = await recorder.Page.InnerTextAsync("h1");

        Assert.That(verdict, Does.Match("^(LEGAL|ILLEGAL|REFUSED|NOT ACCEPTED)"));
    }
}
