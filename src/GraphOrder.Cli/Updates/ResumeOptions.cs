using System.CommandLine;

namespace GraphOrder.Cli;

/// <summary>The options of <c>resume</c>, with their help.</summary>
internal sealed class ResumeOptions
{
    public Option<string> Journal { get; } = UpdateOptions.Journal();

    public Option<string?> Descriptors { get; } = UpdateOptions.Descriptors();

    public Option<string?> From { get; } = UpdateOptions.From();

    public Option<string?> To { get; } = new("--to")
    {
        Description = "A Unix socket whose owner takes what is retrieved (SCM_RIGHTS) and answers each by "
            + "one line.",
        HelpName = "SOCKET",
    };

    public Option<string?> Act { get; } = UpdateOptions.Act();

    public Option<int> Patience { get; } = UpdateOptions.Patience();

    public Option<string[]> AssumeQuiet { get; } = StatusCommand.QuietOption();

    public Option<string[]> AcceptDiffering { get; } = new("--accept-differing")
    {
        Description = "A memfd that is taken though it is not as it was. May be given several times.",
        HelpName = "ID",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Gives them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
            [Journal, Descriptors, From, To, Act, Patience, AssumeQuiet, AcceptDiffering])
        {
            command.Options.Add(option);
        }
    }
}
