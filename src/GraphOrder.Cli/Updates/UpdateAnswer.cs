using System.Text;
using System.Text.Json;
using GraphOrder.LiveUpdate;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary>How the commands that run an update say where it stands.</summary>
internal static class UpdateAnswer
{
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>Writes a report.</summary>
    public static void Write(
        StatusReport status, UpdatePlan? plan = null, Recovery? recovery = null, string? journalPath = null)
    {
        OutputFile.Write(null, stream =>
        {
            using StreamWriter writer = SetArguments.Text(stream);
            TextReport.WriteStatus(writer, status, plan?.Graph, recovery, Options(journalPath) with
            {
                Colour = CommandConsole.WantsColour,
                Width = CommandConsole.Columns(),
            });
        });
    }

    /// <summary>Writes the page of an update: what is said of it, and its journal beside its plan.</summary>
    public static void WritePage(
        StatusReport status, UpdatePlan plan, Recovery? recovery, string journalPath, Journal journal)
    {
        StringWriter text = new() { NewLine = "\n" };
        TextReport.WriteStatus(text, status, plan.Graph, recovery, Options(journalPath));
        byte[] whole = File.ReadAllBytes(journalPath);
        PlanPicture picture = new()
        {
            Set = plan.Set,
            Kernels = plan.Kernels,
            Result = PlanReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(plan.PlanText)), "plan"),
            Report = new TextReportOptions { SetName = "set.json" },
        };
        OutputFile.Write(null, stream =>
        {
            using StreamWriter writer = SetArguments.Text(stream);
            int length = (int)Math.Min(journal.Bytes, whole.Length);
            string records = Encoding.UTF8.GetString(whole.AsSpan(0, length));
            FlightRecorder.WriteStatus(writer, picture, text.ToString(), status.IsGood, records);
        });
    }

    private static RecoveryTextOptions Options(string? journalPath) => new()
    {
        SetName = "-",
        StateName = "-",
        ResumeWords = ["graph-order", "resume", .. JournalWords(journalPath)],
    };

    /// <summary>What is against running it, and nothing else.</summary>
    public static void WriteRefusal(DiagnosticList against)
    {
        Diagnostic[] errors = [.. against.ToImmutable().Where(found => found.IsError)];
        string more = errors.Length > 1 ? $" {errors.Length} things are against it." : "";
        Write(new StatusReport("REFUSED", $" before the kernel was asked ({errors[0].Code.Text()}).{more}")
        {
            Against = [.. against.ToImmutable()],
        });
    }

    /// <summary>The option that names a journal where it is not the usual one.</summary>
    public static string[] JournalWords(string? path) =>
        path is null or JournalFile.DefaultPath ? [] : ["--journal", path];

    /// <summary>A step in words: <c>preserve vm-01 0x3 iommufd</c>.</summary>
    public static string Words(UpdatePlan plan, int number)
    {
        if (number == 0)
        {
            return "the session of the journal itself";
        }

        RunStep step = plan.Steps[number];
        List<string> words = [step.Verb switch
        {
            StepVerb.RetrieveSession => "retrieve session",
            StepVerb.Kexec => "kexec",
            StepVerb.Act => "act",
            _ => step.Verb.ToString().ToLowerInvariant(),
        }];
        if (step.Session is { } session)
        {
            words.Add(Printable.Of(plan.Set.NameOf(session)));
        }

        if (step.Object is { } id)
        {
            words.Add(plan.Graph[id].IsFile ? $"0x{plan.Graph.TokenOf(id):x}" : "");
            words.Add(Printable.Of(plan.Set.NameOf(id)));
        }

        return string.Join(' ', words.Where(word => word.Length > 0));
    }

    /// <summary>Why a step failed: the kernel's word, or somebody else's.</summary>
    public static string Why(UpdatePlan plan, int number, Errno error, string? why)
    {
        bool isRetrieve = number > 0 && plan.Steps[number].Verb == StepVerb.Retrieve;
        bool isKept = isRetrieve && error is not (Errno.None or Errno.TooManyFiles or Errno.Interrupted);
        return why is not null ? Printable.Of(why)
            : isKept ? $"{error.Name()}, for good (the kernel keeps it)"
            : error.Name();
    }

    /// <summary><c>4 min 12 s</c>.</summary>
    public static string Duration(long microseconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(microseconds / MicrosecondsPerSecond);
        return time.TotalHours >= 1 ? $"{(long)time.TotalHours} h {time.Minutes} min"
            : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s"
            : $"{time.Seconds} s";
    }

    /// <summary>How the journal is.</summary>
    public static string JournalLine(string path, Journal journal) =>
        $"{Printable.Of(path)}: {journal.RecordCount} records, "
        + (journal.IsTorn ? "intact up to the last, which was being written" : "intact");

    /// <summary>
    /// The state of a host as <c>recover</c> reads it, with what <c>status</c> knows beside it.
    /// </summary>
    public static void WriteState(
        Stream stream, UpdatePlan plan, RunStatus status, Journal journal, string word)
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
        HostState state = status.State;
        json.WriteStartObject();
        json.WriteString("schema", HostStateReader.Schema);
        json.WriteString("kernel", state.IsOldKernel ? "old" : "new");
        json.WriteStartArray("sessions");
        for (int i = 0; i < plan.Graph.SessionCount; i++)
        {
            SessionId session = new(i);
            json.WriteStartObject();
            json.WriteString("name", plan.Set.NameOf(session));
            json.WriteString("state", state[session].Name());
            if (state.ProcessOf(session) is { } process)
            {
                json.WriteNumber("process", process);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("objects");
        for (int i = 0; i < plan.Graph.ObjectCount; i++)
        {
            if (plan.Graph[new ObjectId(i)].IsFile)
            {
                json.WriteStartObject();
                json.WriteString("id", plan.Set.NameOf(new ObjectId(i)));
                json.WriteString("state", state[new ObjectId(i)].Name());
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteStartObject("x-status");
        json.WriteString("verdict", word);
        json.WriteNumber("steps", plan.Steps.Count);
        json.WriteNumber("nextStep", status.NextStep);
        json.WriteBoolean("seen", status.IsSeen);
        json.WriteNumber("records", journal.RecordCount);
        json.WriteBoolean("torn", journal.IsTorn);
        if (status.Failed is { } failed)
        {
            json.WriteStartObject("failed");
            json.WriteNumber("step", failed.Step);
            json.WriteString("error", failed.Why ?? failed.Error.Name());
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }
}
