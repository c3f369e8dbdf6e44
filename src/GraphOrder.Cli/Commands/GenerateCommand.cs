using System.CommandLine;
using System.Globalization;

namespace GraphOrder.Cli;

/// <summary><c>generate</c>: a session set of a named shape and size, or a page table.</summary>
internal static class GenerateCommand
{
    private const string Description =
        "Writes a session set of a named shape and size, or, with 'table', an image of page tables.";

    /// <summary>Makes the command.</summary>
    /// <param name="console">The run.</param>
    /// <param name="isTable">
    /// Whether the word that follows is <c>table</c>: then there is no shape, and the help names none.
    /// </param>
    public static Command Create(CommandConsole console, bool isTable)
    {
        if (isTable)
        {
            return new("generate", Description) { GenerateTableCommand.Create(console, null) };
        }

        Argument<string> shape = new("SHAPE") { Description = Shapes(), HelpName = "SHAPE" };
        Option<int?> sessions = new("--sessions") { Description = "How many sessions.", HelpName = "N" };
        Option<int?> objects = new("--objects") { Description = "How many objects.", HelpName = "N" };
        Option<int?> dependencies =
            new("--dependencies") { Description = "How many dependencies.", HelpName = "N" };
        Option<int?> layers = new("--layers") { Description = "How many layers.", HelpName = "N" };
        Option<int?> backends =
            new("--backends") { Description = "How many shared backends.", HelpName = "N" };
        Option<bool> unmap =
            new("--unmap-p2p") { Description = "Unmap devices' memory from one another first." };
        Option<ulong> seed = new("--seed")
        {
            Description = "What random shapes are drawn from.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        Option<string?> output = SetArguments.Output();
        Command command = new("generate", Description)
        {
            shape, sessions, objects, dependencies, layers, backends, unmap, seed, output,
            GenerateTableCommand.Create(console, shape),
        };
        command.SetAction(parsed =>
        {
            GeneratorOptions options = new()
            {
                Sessions = parsed.GetValue(sessions),
                Objects = parsed.GetValue(objects),
                Dependencies = parsed.GetValue(dependencies),
                Layers = parsed.GetValue(layers),
                Backends = parsed.GetValue(backends),
                UnmapPeerToPeer = parsed.GetValue(unmap),
                Seed = parsed.GetValue(seed),
            };
            SessionSet set = Make(parsed.GetValue(shape)!, options);
            OutputFile.Write(parsed.GetValue(output), stream => SessionSetWriter.Write(stream, set));
            return ExitCodes.Done;
        });
        return command;
    }

    private static SessionSet Make(string shape, GeneratorOptions options)
    {
        string[] known = [.. SessionSetGenerator.Shapes.Select(found => found.Name)];
        if (Array.IndexOf(known, shape) < 0)
        {
            throw UsageErrors.WrongValue("SHAPE", shape, known);
        }

        try
        {
            return SessionSetGenerator.Generate(shape, options);
        }
        catch (ArgumentException error)
        {
            throw ToolException.Usage(error.Message);
        }
    }

    private static string Shapes()
    {
        List<string> lines = ["One of:"];
        foreach (SetShape shape in SessionSetGenerator.Shapes)
        {
            string options = shape.Options.IsEmpty ? "" : $" ({string.Join(", ", shape.Options)})";
            lines.Add(
                string.Create(CultureInfo.InvariantCulture, $"{shape.Name}: {shape.Description}{options}"));
        }

        return string.Join("\n", lines);
    }
}
