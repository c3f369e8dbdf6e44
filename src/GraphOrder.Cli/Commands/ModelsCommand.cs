using System.Collections.Immutable;
using System.CommandLine;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>models</c>: for each pair of models the smallest set that tells them apart.</summary>
internal static class ModelsCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string[]> models = new("MODEL")
        {
            Description = "The models to compare, by name or by file; all built-in ones where none is named.",
            HelpName = "MODEL",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> write = new("--write")
        {
            Description = "Write each set to a file of this folder, LEGAL-not-ILLEGAL.json, for 'plan'.",
            HelpName = "DIR",
        };
        Option<string> format = SetArguments.Format();
        Command command = new(
            "models",
            "For each pair of lifecycle models prints the smallest set that is legal in one and not in the "
            + "other, found among all sets of up to 4 objects and 3 sessions; likewise for the push gate, "
            + "which admits an HWPT only where every file of its IOAS is in its own session.")
        {
            models, write, format,
        };
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            string? folder = parsed.GetValue(write);
            ImmutableArray<LifecycleModel> compared = Models(
                parsed.GetValue(models) ?? [], console.Cancellation);
            ImmutableArray<ModelDifference> found = SetArguments.Timed(
                "looking for sets", () => ModelDifferences.Find(compared, console.Cancellation));
            if (folder is not null)
            {
                WriteSets(folder, found);
            }

            OutputFile.Write(null, stream =>
            {
                if (isJson)
                {
                    ModelDifferencesWriter.Write(stream, found);
                    return;
                }

                using StreamWriter writer = SetArguments.Text(stream);
                TextReport.WriteModels(writer, found, folder, CommandConsole.Columns());
            });
            return ExitCodes.Done;
        });
        return command;
    }

    private static ImmutableArray<LifecycleModel> Models(string[] named, CancellationToken cancellation)
    {
        if (named.Length == 0)
        {
            return LifecycleModel.BuiltIn;
        }

        ImmutableArray<LifecycleModel>.Builder models = ImmutableArray.CreateBuilder<LifecycleModel>();
        foreach (string name in named)
        {
            LifecycleModel model = ModelArgument.Find(name, "MODEL", cancellation);
            if (models.Any(known => known.Name == model.Name) || model.Name == PushRule.Name)
            {
                throw ToolException.Usage(
                    $"'{Printable.Of(model.Name)}' is named twice. Give each model a name of its own.");
            }

            models.Add(model);
        }

        return models.ToImmutable();
    }

    private static void WriteSets(string folder, ImmutableArray<ModelDifference> found)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ToolException.File($"The folder '{folder}' cannot be made: {error.Message}");
        }

        foreach (ModelDifference difference in found)
        {
            if (difference.Smallest is { } set)
            {
                string path = Path.Combine(folder, ModelSetFile.NameOf(difference));
                OutputFile.Write(path, stream => SessionSetWriter.Write(stream, set));
            }
        }
    }
}
