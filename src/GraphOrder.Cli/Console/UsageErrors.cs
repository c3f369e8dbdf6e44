using System.CommandLine;
using System.CommandLine.Parsing;

namespace GraphOrder.Cli;

/// <summary>Says in one sentence what is wrong with a command line, and what was probably meant.</summary>
internal static class UsageErrors
{
    /// <summary>The sentence for the first thing that is wrong.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="tool">How the tool is called.</param>
    public static string Describe(ParseResult parsed, string tool = "graph-order")
    {
        Command command = parsed.CommandResult.Command;
        bool isRoot = command is RootCommand;
        string help = isRoot ? $"{tool} --help" : $"{tool} {PathOf(command)} --help";
        string[] unmatched = [.. OptionsAsArguments(parsed), .. parsed.UnmatchedTokens];
        if (unmatched.Length > 0)
        {
            string token = unmatched[0];
            string owner = isRoot ? tool : $"'{PathOf(command)}'";
            return IsOption(token) ? UnknownOption(command, owner, token, help)
                : isRoot ? UnknownCommand(command, token, help)
                : $"'{PathOf(command)}' does not take '{Printable.Of(token)}'.{MeantBelow(command, token)} "
                    + $"See '{help}'.";
        }

        foreach (Argument argument in command.Arguments)
        {
            int given = parsed.GetResult(argument)?.Tokens.Count ?? 0;
            if (given < argument.Arity.MinimumNumberOfValues)
            {
                return $"'{PathOf(command)}' needs {argument.HelpName ?? argument.Name}. See '{help}'.";
            }
        }

        if (isRoot && command.Action is null)
        {
            return $"Name a command: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}. "
                + $"See '{help}'.";
        }

        if (command.Subcommands.Count > 0 && command.Action is null)
        {
            string names = string.Join(", ", command.Subcommands.Select(sub => sub.Name));
            return $"'{PathOf(command)}' needs one of {names}. See '{help}'.";
        }

        foreach (OptionResult given in parsed.CommandResult.Children.OfType<OptionResult>())
        {
            if (given.Errors.Any())
            {
                return $"{WrongOption(given)} See '{help}'.";
            }
        }

        return $"{WithPeriod(parsed.Errors[0].Message)} See '{help}'.";
    }

    private static string WrongOption(OptionResult given)
    {
        string name = given.IdentifierToken?.Value ?? given.Option.Name;
        Type type = given.Option.ValueType;
        bool isNumber = type != typeof(string) && type != typeof(string[]);
        // What a limit of our own says is better than anything made up here.
        string told = given.Errors.FirstOrDefault()?.Message ?? "";
        if (told.StartsWith("Give ", StringComparison.Ordinal) && given.Tokens.Count == 1)
        {
            return $"{name} cannot be '{Printable.Of(given.Tokens[0].Value)}'. {told}";
        }

        bool isWhole = (Nullable.GetUnderlyingType(type) ?? type) != typeof(double);
        string number = isWhole ? "a whole number" : "a number";
        string wanted = isNumber ? number : given.Option.HelpName ?? "a value";
        return given.Tokens.Count == 0 ? $"{name} needs {wanted}."
            : given.Tokens.Count > given.Option.Arity.MaximumNumberOfValues ? $"{name} is given twice."
            : $"{name} cannot be '{Printable.Of(given.Tokens[0].Value)}': it takes {wanted} in range.";
    }

    /// <summary>
    /// Whether what looks like an option was taken for an argument, as happens to one that is misspelt. A
    /// file of such a name is written <c>./--name</c>, or behind <c>--</c>.
    /// </summary>
    public static bool HasOptionAsArgument(ParseResult parsed) => OptionsAsArguments(parsed).Any();

    /// <summary>The sentence for a value that an option or argument does not take.</summary>
    public static ToolException WrongValue(string what, string value, IReadOnlyList<string> known) =>
        ToolException.Usage(RequestNames.WrongValue(what, value, known));

    private static IEnumerable<string> OptionsAsArguments(ParseResult parsed) =>
        parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? []
            : parsed.CommandResult.Command.Arguments
                .SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? [])
                .Select(token => token.Value)
                .Where(IsOption);

    private static bool IsOption(string token) => token.StartsWith('-') && token.Length > 1;

    private static string UnknownOption(Command command, string owner, string token, string help)
    {
        string name = token.Split('=')[0];
        List<string> known = ["--help"];
        IEnumerable<Option> above = command.Parents.OfType<Command>()
            .SelectMany(static parent => parent.Parents.OfType<Command>().Append(parent))
            .SelectMany(static parent => parent.Options)
            .Where(static option => option.Recursive);
        foreach (Option option in command.Options.Concat(above)
            .OrderByDescending(static option => option.Recursive))
        {
            known.Add(option.Name);
            known.AddRange(option.Aliases);
        }

        string meant = WithLetter(name, known) is { } spelt
            ? $" Did you mean '{spelt}'?"
            : Meant(name, known);
        return $"{owner} has no option '{name}'.{meant} See '{help}'.";
    }

    // Options have no letters of their own; those that all commands have come first.
    private static string? WithLetter(string name, List<string> known) =>
        name is ['-', not '-' and var letter]
            ? known.Find(option => option is ['-', '-', var first, ..] && first == letter)
            : null;

    private static string UnknownCommand(Command command, string token, string help)
    {
        string[] known = [.. command.Subcommands.Select(sub => sub.Name)];
        string meant = token is "rules" or "models" && Array.IndexOf(known, token) < 0
            ? $" Did you mean 'explain {token}'?"
            : Meant(token, known);
        return $"There is no command '{Printable.Of(token)}'.{meant} See '{help}'.";
    }

    // A word too much, of a command that runs by its journal, is that journal.
    private static string MeantBelow(Command command, string token)
    {
        const string journal = "--journal";
        return command.Arguments.Count > 0 ? ""
            : command.Options.Any(static option => option.Name == journal)
                ? $" Did you mean '{journal} {Printable.Of(token)}'?"
                : Meant(token, [.. command.Subcommands.Select(static sub => sub.Name)]);
    }

    private static string Meant(string text, IReadOnlyList<string> known) => Meant(text, known, "");

    /// <summary>What was probably meant, as a sentence with a space in front.</summary>
    /// <param name="text">What is written.</param>
    /// <param name="known">What is known.</param>
    /// <param name="otherwise">What is said where nothing is near.</param>
    public static string Meant(string text, IReadOnlyList<string> known, string otherwise) =>
        Similarity.Nearest(text, known.ToArray()) is { } nearest ? $" Did you mean '{nearest}'?" : otherwise;

    // The words that call a command: 'generate table'.
    private static string PathOf(Command command)
    {
        Command? owner = command.Parents.OfType<Command>().FirstOrDefault(above => above is not RootCommand);
        return owner is null ? command.Name : $"{PathOf(owner)} {command.Name}";
    }

    private static string WithPeriod(string sentence) => sentence.EndsWith('.') ? sentence : sentence + ".";
}
