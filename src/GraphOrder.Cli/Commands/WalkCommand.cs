using System.CommandLine;
using GraphOrder.Mappings;
using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary><c>walk</c>: what one I/O page table maps, and everything that is wrong with it.</summary>
internal static class WalkCommand
{
    public static Command Create(CommandConsole console)
    {
        WalkOptions options = new();
        Command command = new(
            "walk",
            "Walks and validates one I/O page table in an image of physical memory. Ends with 1 where it has "
            + "a fault of severity error.");
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(options.Format)!);
            WalkQuery query = options.Read(parsed, console.Cancellation);
            using PhysicalImage image = WalkImage.Open(query);
            WalkRoot root = WalkRoot.Find(query, image);
            query.Set?.TellOfOther(root);
            TableWalk walk = new(image, root, query, console.Cancellation);
            List<PageTableFault> faults = [];
            WalkSummary summary = walk.Validate(faults, out WalkedDomain? walked);
            WalkAnswer answer = new(
                query, image, root, summary, faults, walked, query.ListsRuns ? walk.ListRuns : null);
            SetArguments.Answer(
                isJson,
                stream => WalkWriter.Write(stream, answer.Document()),
                writer => WalkText.Write(
                    writer, answer, CommandConsole.WantsColour, CommandConsole.Columns()));
            if (answer.Torn() is { } torn)
            {
                CommandConsole.Warn($"Warning: {DiagnosticSentences.Message(torn)}");
            }

            return answer.IsSound ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }
}
