using System.CommandLine;
using System.CommandLine.Parsing;

namespace GraphOrder.Cli;

/// <summary>Where in the tree of commands a cursor stands, and so what can stand there.</summary>
internal sealed class CompletionPlace
{
    private const string EndOfOptions = "--";

    private readonly ParseResult _parsed;
    private readonly Command _command;
    private readonly string _typed;
    private readonly CancellationToken _cancellation;
    private readonly Completed _answer;

    private CompletionPlace(ParseResult parsed, string typed, CancellationToken cancellation)
    {
        _parsed = parsed;
        _command = parsed.CommandResult.Command;
        _typed = typed;
        _cancellation = cancellation;
        _answer = new(typed);
    }

    /// <summary>What can stand at the cursor.</summary>
    /// <param name="root">All commands.</param>
    /// <param name="words">The words in front of the cursor's, without the program's name.</param>
    /// <param name="typed">The cursor's word, as far as it is typed.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Completed Complete(
        RootCommand root, IReadOnlyList<string> words, string typed, CancellationToken cancellation)
    {
        ParseResult parsed = root.Parse(
            [.. words], new ParserConfiguration { ResponseFileTokenReplacer = null });
        CompletionPlace place = new(parsed, typed, cancellation);
        place.Find(words);
        return place._answer;
    }

    private void Find(IReadOnlyList<string> words)
    {
        if (_command.Name == FleetCommand.Name)
        {
            // What another program takes is known to that one; files may be among it.
            _answer.AddFiles();
            return;
        }

        bool isBehindOptions = words.Contains(EndOfOptions);
        int equals = _typed.StartsWith("--", StringComparison.Ordinal)
            ? _typed.IndexOf('=', StringComparison.Ordinal)
            : -1;
        if (isBehindOptions)
        {
            AddArgument();
        }
        else if (_parsed.Tokens is [.., { Type: TokenType.Option } last] && Takes(last.Value) is { } waiting)
        {
            AddValues(waiting, "");
        }
        else if (equals >= 0)
        {
            if (Takes(_typed[..equals]) is { } option)
            {
                AddValues(option, _typed[..(equals + 1)]);
            }
        }
        else if (_typed.StartsWith('-'))
        {
            AddOptions();
        }
        else
        {
            AddCommands();
            AddArgument();
        }
    }

    private void AddCommands()
    {
        bool isGiven = _command.Arguments.Any(argument => CountOf(argument) > 0);
        foreach (Command below in isGiven ? [] : _command.Subcommands)
        {
            if (!below.Hidden)
            {
                _answer.Add(below.Name, FirstSentence(below.Description));
            }
        }
    }

    private void AddOptions()
    {
        foreach (Option option in Options())
        {
            bool isGiven = _parsed.GetResult(option) is { Implicit: false };
            if (!option.Hidden && (!isGiven || option.ValueType.IsArray))
            {
                string[] names = [option.Name, .. option.Aliases];
                _answer.Add(
                    names.MaxBy(static name => name.Length)!, FirstSentence(option.Description));
            }
        }
    }

    private void AddArgument()
    {
        Argument? next = _command.Arguments.FirstOrDefault(
            argument => CountOf(argument) < argument.Arity.MaximumNumberOfValues);
        if (next is not null)
        {
            CompletionValues.Add(next.HelpName ?? next.Name, _typed, "", _answer, OpenSet);
        }
    }

    private void AddValues(Option option, string prefix)
    {
        string word = option.Name == "--domain" ? "DOMAIN" : option.HelpName ?? "";
        CompletionValues.Add(word, _typed[prefix.Length..], prefix, _answer, OpenSet);
    }

    private CompletionSet? OpenSet(string prefix) =>
        CompletionSet.Open(SetPath(), _answer, prefix, _cancellation);

    // The set that the command line names, as an argument or by an option.
    private string? SetPath()
    {
        Argument? argument = _command.Arguments.FirstOrDefault(static found => found.HelpName == "SET");
        Option? option = _command.Options.FirstOrDefault(static found => found.HelpName == "SET");
        SymbolResult? given = argument is not null ? _parsed.GetResult(argument)
            : option is not null ? _parsed.GetResult(option)
            : null;
        return given?.Tokens is [{ } token, ..] ? token.Value : null;
    }

    private int CountOf(Argument argument) => _parsed.GetResult(argument)?.Tokens.Count ?? 0;

    // The option of a name, where a value follows it.
    private Option? Takes(string name) => Options().FirstOrDefault(option =>
        option.Arity.MaximumNumberOfValues > 0
        && option.ValueType != typeof(bool)
        && (option.Name == name || option.Aliases.Contains(name)));

    // Those of the command, and those that every command has from above.
    private IEnumerable<Option> Options()
    {
        foreach (Option option in _command.Options)
        {
            yield return option;
        }

        for (CommandResult? above = _parsed.CommandResult.Parent as CommandResult;
            above is not null;
            above = above.Parent as CommandResult)
        {
            foreach (Option option in above.Command.Options)
            {
                if (option.Recursive)
                {
                    yield return option;
                }
            }
        }
    }

    private static string FirstSentence(string? text)
    {
        string line = (text ?? "").Split('\n')[0];
        int end = line.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? line : line[..end]).TrimEnd('.');
    }
}
