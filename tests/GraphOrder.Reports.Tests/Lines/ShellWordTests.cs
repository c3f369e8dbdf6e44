using System.Diagnostics;

namespace GraphOrder.Reports.Tests;

[TestFixture]
public sealed class ShellWordTests
{
    private const string Bash = "/bin/bash";

    [TestCase("sets/a-1.json", "sets/a-1.json")]
    [TestCase("-", "-")]
    [TestCase("-x.json", "./-x.json")]
    [TestCase("two words.json", "$'two words.json'")]
    [TestCase("a\n1", "$'a\\0121'")]
    [TestCase("", "$''")]
    public void A_path_is_quoted_only_where_it_must_be(string path, string expected) =>
        Assert.That(ShellWord.Path(path), Is.EqualTo(expected));

    [TestCase("it's; rm -rf *")]
    [TestCase("$(id)`id`\\")]
    [TestCase("caf\u00e9\u202e\u001b[31m\t7")]
    public void A_shell_reads_the_word_back(string word)
    {
        if (!File.Exists(Bash))
        {
            Assert.Ignore("bash is not installed.");
        }

        string quoted = ShellWord.Of(word);
        Assert.That(quoted, Does.Match("^[ -~]*$"));
        using Process shell = Process.Start(
            new ProcessStartInfo(Bash, ["-c", "printf %s " + quoted]) { RedirectStandardOutput = true })!;
        string read = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.That(read, Is.EqualTo(word));
    }
}
