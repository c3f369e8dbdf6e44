using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary><c>learn</c>: writes measured costs into a set.</summary>
internal static class LearnCommand
{
    // The most that the parser takes.
    private const int ArgumentCountMax = 100_000;

    private static readonly Phase[] Learned = [Phase.Preserve, Phase.Retrieve, Phase.Finish];

    public static Command Create(CommandConsole console)
    {
        Argument<string[]> files = new("JOURNAL... SET")
        {
            Description = "One journal or more, and last the set.",
            HelpName = "JOURNAL... SET",
            Arity = new ArgumentArity(2, ArgumentCountMax),
        };
        Option<string?> output = SetArguments.Output();
        Command command = new(
            "learn",
            "Writes how long steps took, as journals have measured it, into a set: 'cost' is the median of "
            + "each phase, 'x-cost-p99' what 99 of 100 took at most, both in microseconds. Everything else "
            + "in the set stays as it is.")
        {
            files, output,
        };
        command.SetAction(parsed =>
        {
            string[] all = parsed.GetValue(files)!;
            string? to = parsed.GetValue(output);
            MeasuredCosts costs = new();
            Dictionary<string, Journal> journals = [];
            foreach (string path in all[..^1])
            {
                Journal read = UpdateOptions.Read(path, "Name journals first, and last the set.");
                journals[path] = read;
                costs.Add(read);
            }

            string setPath = all[^1];
            using MemoryStream bytes = new();
            using (Stream stream = InputFile.Open(setPath))
            {
                stream.CopyTo(bytes);
            }

            bytes.Position = 0;
            SessionSet set = SessionSet.Read(bytes, InputFile.NameOf(setPath), console.Cancellation);
            DemandSameSet(journals, set, setPath);
            JsonNode document = JsonNode.Parse(bytes.ToArray())!;
            int learned = Learn(document, set, costs);
            OutputFile.Write(to, stream => Write(stream, document));
            CommandConsole.Warn(
                $"{costs.Count} steps in {all.Length - 1} journals told the costs of {learned} objects.");
            return ExitCodes.Done;
        });
        return command;
    }

    // Costs may differ: they are what is learned, and a journal is older than the set that it taught.
    private static void DemandSameSet(Dictionary<string, Journal> journals, SessionSet set, string setPath)
    {
        foreach ((string path, Journal journal) in journals)
        {
            if (!journal.Documents.ContainsKey("set") || !journal.Documents.ContainsKey("plan"))
            {
                // It ends before it says what it is of.
                continue;
            }

            SessionSet ran = UpdatePlan.Of(journal).Set;
            if (ran.Digest.Equals(set.Digest))
            {
                continue;
            }

            if (!Named(ran).SequenceEqual(Named(set)))
            {
                throw new ToolException(
                    ExitCodes.Refused,
                    $"'{Printable.Of(path)}' is the journal of another set ({ran.Digest}) than "
                    + $"'{Printable.Of(InputFile.NameOf(setPath))}' ({set.Digest}). Name the set that was "
                    + "updated.");
            }
        }
    }

    private static IEnumerable<string> Named(SessionSet set) =>
    [
        .. set.Sessions.Select(static session => session.Name.Text).Order(StringComparer.Ordinal),
        .. set.Objects.Select((found, index) => $"{found.Kind.Name} {set.NameOf(new ObjectId(index))}")
            .Order(StringComparer.Ordinal),
    ];

    private static int Learn(JsonNode document, SessionSet set, MeasuredCosts costs)
    {
        int learned = 0;
        int[] filesOf = new int[set.Sessions.Length];
        foreach (PreservedObject found in set.Objects)
        {
            if (found.Session is { } session)
            {
                filesOf[session.Index]++;
            }
        }

        foreach (JsonNode? entry in document["objects"]?.AsArray() ?? [])
        {
            string id = entry!["id"]!.GetValue<string>();
            _ = set.TryFind(id, out ObjectId found);
            bool isLearned = false;
            foreach (Phase phase in Learned)
            {
                isLearned |= Learn(entry.AsObject(), set, found, filesOf, phase, costs);
            }

            learned += isLearned ? 1 : 0;
        }

        return learned;
    }

    // A session finishes as a whole: each of its files is given an equal part.
    private static bool Learn(
        JsonObject entry, SessionSet set, ObjectId id, int[] filesOf, Phase phase, MeasuredCosts costs)
    {
        int parts = 1;
        string name = set.NameOf(id);
        if (phase == Phase.Finish)
        {
            if (set.Objects[id.Index].Session is not { } session)
            {
                return false;
            }

            parts = filesOf[session.Index];
            name = set.NameOf((DependencyEnd)session);
        }

        if (!costs.TryFind(name, phase, out long median, out long p99))
        {
            return false;
        }

        Member(entry, "cost")[phase.Name()] = median / parts;
        Member(entry, "x-cost-p99")[phase.Name()] = p99 / parts;
        return true;
    }

    private static JsonObject Member(JsonObject entry, string name)
    {
        if (entry[name] is JsonObject known)
        {
            return known;
        }

        JsonObject made = [];
        entry[name] = made;
        return made;
    }

    private static void Write(Stream stream, JsonNode document)
    {
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            document.WriteTo(json);
        }

        stream.WriteByte((byte)'\n');
    }
}
