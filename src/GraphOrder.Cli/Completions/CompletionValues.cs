namespace GraphOrder.Cli;

/// <summary>
/// What can stand where the help says <c>MODEL</c>, <c>text|json</c>, <c>FILE</c>: one word of the help, one
/// kind of value, in all commands.
/// </summary>
internal static class CompletionValues
{
    // What nobody can know before it is typed.
    private static readonly HashSet<string> Free =
    [
        "N", "L", "S", "T", "MS", "PID", "UID", "STEP", "TEXT", "LIST", "BDF", "BYTES", "NUMBER", "SECONDS",
        "ADDRESS", "FIRST-LAST", "HOPS",
    ];

    private static readonly HashSet<string> Files =
    [
        "FILE", "DIR", "PATH", "SET", "PLAN", "STATE", "IMAGE", "SOCKET", "PROGRAM", "-- PROGRAM",
        "JOURNAL... SET",
    ];

    /// <summary>Whether it is known what can stand there, or that nobody knows.</summary>
    /// <param name="word">What the help calls it.</param>
    public static bool IsKnown(string word) => word.Contains('|', StringComparison.Ordinal)
        || Free.Contains(word) || Files.Contains(word)
        || word is "MODEL" or ModelArgument.HelpName or "PHASE" or "PHASE:ID[:ERRNO]" or "SHAPE" or "CODE"
            or "FORMAT" or "DEPENDENCY" or "ID" or "A" or "B";

    /// <summary>Adds what can stand there.</summary>
    /// <param name="word">What the help calls it.</param>
    /// <param name="typed">What is there already, without <paramref name="prefix"/>.</param>
    /// <param name="prefix">What stands in front of each value: <c>--model=</c>.</param>
    /// <param name="answer">Gets it.</param>
    /// <param name="open">Opens the set that the command line names.</param>
    public static void Add(
        string word, string typed, string prefix, Completed answer, Func<string, CompletionSet?> open)
    {
        foreach (string part in word.Split('|'))
        {
            if (Files.Contains(part))
            {
                answer.AddFiles();
            }
            else if (!Free.Contains(part))
            {
                AddNamed(part, typed, prefix, answer, open);
            }
        }
    }

    private static void AddNamed(
        string word, string typed, string prefix, Completed answer, Func<string, CompletionSet?> open)
    {
        switch (word)
        {
            case "MODEL" or ModelArgument.HelpName:
                answer.AddFiles();
                AddModels(word, typed, prefix, answer);
                break;
            case "PHASE":
                AddAll(Phases.All.ToArray().Select(static phase => phase.Name()), prefix, answer);
                break;
            case "PHASE:ID[:ERRNO]":
                AddFailing(typed, prefix, answer, open);
                break;
            case "SHAPE":
                foreach (SetShape shape in SessionSetGenerator.Shapes)
                {
                    answer.Add(prefix + shape.Name, shape.Description);
                }

                break;
            case "CODE":
                foreach (DiagnosticEntry entry in DiagnosticCatalogue.Entries)
                {
                    answer.Add(prefix + entry.Code.Text(), entry.Title);
                }

                break;
            case "FORMAT":
                AddAll(FormatArguments.Names(), prefix, answer);
                break;
            case "DEPENDENCY":
                open(prefix)?.AddSoft();
                break;
            case "DOMAIN":
                open(prefix)?.AddObjects(ObjectKind.IommuDomain);
                break;
            case "ID" or "A" or "B":
                open(prefix)?.AddEnds();
                break;
            default:
                answer.Add(prefix + word);
                break;
        }
    }

    // Of two kernels the second one is completed behind the first.
    private static void AddModels(string word, string typed, string prefix, Completed answer)
    {
        int colon = word == "MODEL" ? -1 : typed.IndexOf(':', StringComparison.Ordinal);
        string old = prefix + typed[..(colon + 1)];
        AddAll(LifecycleModel.BuiltIn.Select(static model => model.Name), old, answer);
    }

    private static void AddFailing(
        string typed, string prefix, Completed answer, Func<string, CompletionSet?> open)
    {
        int colon = typed.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            open(prefix + typed[..(colon + 1)])?.AddObjects(null);
            return;
        }

        answer.MustGoOn();
        AddAll(SimulationRequest.FailingPhases.Select(static phase => phase + ":"), prefix, answer);
    }

    private static void AddAll(IEnumerable<string> values, string prefix, Completed answer)
    {
        foreach (string value in values)
        {
            answer.Add(prefix + value);
        }
    }
}
