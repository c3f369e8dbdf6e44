using System.CommandLine;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace GraphOrder.Cli;

/// <summary>
/// What the scripts of <c>completion</c> ask: <c>graph-order [complete] SHELL …</c>. The answer's first line
/// says what else may stand there (<c>files</c>, <c>nospace</c>), each other line is a value, for zsh and
/// fish with a tab and a few words behind it. Whatever goes wrong, it ends soon, with 0 and without a word.
/// </summary>
internal static class CompletionAnswer
{
    /// <summary>The first argument; no file and no command is called so.</summary>
    public const string Entry = "[complete]";

    private const int MillisecondsMax = 1_500;

    /// <summary>Answers.</summary>
    /// <param name="arguments">
    /// Behind the entry: <c>bash LINE BREAKS</c>, or the name of another shell, the word at the cursor, and
    /// the words in front of it.
    /// </param>
    /// <param name="root">Makes the commands that words name.</param>
    public static int Run(ReadOnlySpan<string> arguments, Func<string[], RootCommand> root)
    {
        using Timer last = new(static _ => Environment.Exit(ExitCodes.Done), null, MillisecondsMax, -1);
        try
        {
            string answer = arguments is ["bash", { } line, { } breaks]
                ? ForBash(ShellLine.Parse(line, breaks), root)
                : arguments is [_, { } typed, .. { } words] ? ForOthers(typed, words, root) : "";
            // Not the console's stream, which tells the terminal how its keys are to be sent: a line editor
            // is at work there.
            using FileStream output = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, 0);
            output.Write(Encoding.UTF8.GetBytes(answer));
        }
        catch (Exception)
        {
            // Somebody is typing: a set that cannot be read has no names, and that is all.
        }

        return ExitCodes.Done;
    }

    private static string ForBash(ShellLine line, Func<string[], RootCommand> root)
    {
        if (line.IsRedirection)
        {
            return "files\n";
        }

        string[] words = [.. line.Words.Skip(1)];
        Completed found = Complete(words, line.Last, root);
        StringBuilder answer = Begin(found);
        foreach ((string value, _) in found.Values)
        {
            if (BashWord.Of(value, line.Kept, line.OpenQuote) is { } written)
            {
                answer.Append(written).Append('\n');
            }
        }

        return answer.ToString();
    }

    private static string ForOthers(
        string typed, ReadOnlySpan<string> words, Func<string[], RootCommand> root)
    {
        Completed found = Complete(words.ToArray(), typed, root);
        StringBuilder answer = Begin(found);
        foreach ((string value, string about) in found.Values)
        {
            answer.Append(value).Append('\t').Append(about).Append('\n');
        }

        return answer.ToString();
    }

    private static Completed Complete(string[] words, string typed, Func<string[], RootCommand> root)
    {
        using CancellationTokenSource time = new(MillisecondsMax);
        string[] plain = [.. words.Select(Home)];
        return CompletionPlace.Complete(root(plain), plain, typed, time.Token);
    }

    private static StringBuilder Begin(Completed found) => new(
        $"{(found.TakesFiles ? "files" : "")} {(found.GoesOn ? "nospace" : "")}\n");

    // The shell has not put in yet what '~' stands for.
    private static string Home(string word) => word.StartsWith("~/", StringComparison.Ordinal)
        ? Environment.GetEnvironmentVariable("HOME") + word[1..]
        : word;
}
