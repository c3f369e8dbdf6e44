using System.CommandLine;
using System.Globalization;

namespace GraphOrder.Cli;

/// <summary>How commands that make a session set are told which.</summary>
internal sealed class SetShapeOptions
{
    private readonly Option<int?> _sessions = new("--sessions")
    {
        Description = "How many sessions.",
        HelpName = "N",
    };

    private readonly Option<int?> _objects = new("--objects")
    {
        Description = "How many objects.",
        HelpName = "N",
    };

    private readonly Option<int?> _dependencies = new("--dependencies")
    {
        Description = "How many dependencies.",
        HelpName = "N",
    };

    private readonly Option<int?> _layers = new("--layers")
    {
        Description = "How many layers.",
        HelpName = "N",
    };

    private readonly Option<int?> _backends = new("--backends")
    {
        Description = "How many shared backends.",
        HelpName = "N",
    };

    private readonly Option<bool> _unmap = new("--unmap-p2p")
    {
        Description = "Unmap devices' memory from one another first.",
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "What random shapes are drawn from.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>All shapes with their options, one a line.</summary>
    public static string Shapes()
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

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
            [_sessions, _objects, _dependencies, _layers, _backends, _unmap, _seed])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Makes the set that was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="what">The word that names the shape.</param>
    /// <param name="shape">The shape.</param>
    /// <exception cref="ToolException">There is no such shape, or it cannot be of that size.</exception>
    public SessionSet Make(ParseResult parsed, string what, string shape)
    {
        string[] known = [.. SessionSetGenerator.Shapes.Select(found => found.Name)];
        if (Array.IndexOf(known, shape) < 0)
        {
            throw UsageErrors.WrongValue(what, Printable.Of(shape), known);
        }

        try
        {
            return SessionSetGenerator.Generate(shape, new()
            {
                Sessions = parsed.GetValue(_sessions),
                Objects = parsed.GetValue(_objects),
                Dependencies = parsed.GetValue(_dependencies),
                Layers = parsed.GetValue(_layers),
                Backends = parsed.GetValue(_backends),
                UnmapPeerToPeer = parsed.GetValue(_unmap),
                Seed = parsed.GetValue(_seed),
            });
        }
        catch (ArgumentException error)
        {
            throw ToolException.Usage(error.Message);
        }
    }
}
