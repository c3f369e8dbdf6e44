using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace GraphOrder.LiveUpdate;

/// <summary>A journal as it is being read, record by record.</summary>
internal sealed class PendingJournal
{
    private readonly Dictionary<string, string> _documents = [];
    private readonly List<WalkedRecord> _walked = [];
    private readonly Dictionary<string, MemoryRecord> _memories = [];
    private readonly List<StepRecord> _steps = [];
    private readonly List<KernelIdentity> _kernels = [];
    private readonly Dictionary<string, ImmutableArray<string>> _checked = [];
    private readonly HashSet<string> _handed = [];
    private readonly HashSet<string> _closed = [];
    private JournalHeader? _header;
    private bool? _isDone;

    /// <summary>Takes a record.</summary>
    /// <exception cref="JournalException">
    /// It is no journal, or it asks for what is not known here.
    /// </exception>
    public void Take(JsonElement record)
    {
        string? kind = record.GetProperty("kind").GetString();
        if (_header is null)
        {
            TakeHeader(record, kind);
            return;
        }

        switch (kind)
        {
            case "document": _documents[Text(record, "name")] = Text(record, "text"); break;
            case "walked": _walked.Add(WalkedOf(record)); break;
            case "memory": TakeMemory(MemoryOf(record)); break;
            case "begin": TakeBegin(record); break;
            case "end": TakeEnd(record); break;
            case "kernel": _kernels.Add(KernelOf(record)); break;
            case "checked":
                _checked[Text(record, "object")] =
                    [.. record.GetProperty("differs").EnumerateArray().Select(Text)];
                break;
            case "handed": _handed.Add(Text(record, "object")); break;
            case "closed": _closed.Add(Text(record, "session")); break;
            case "over": _isDone = Text(record, "outcome") == "done"; break;
            default: break;
        }
    }

    /// <summary>What was read.</summary>
    /// <exception cref="JournalException">Nothing was.</exception>
    public Journal ToJournal(int records, long bytes, uint sum, bool isTorn) => new(
        _header ?? throw new JournalException(
            isTorn ? "was never begun: its first record is not whole" : "is empty"))
    {
        Documents = _documents.ToImmutableDictionary(),
        Walked = [.. _walked],
        Memories = _memories.ToImmutableDictionary(),
        Steps = [.. _steps],
        Kernels = [.. _kernels],
        Checked = _checked.ToImmutableDictionary(),
        Handed = [.. _handed],
        Closed = [.. _closed],
        IsDone = _isDone,
        RecordCount = records,
        Bytes = bytes,
        Sum = sum,
        IsTorn = isTorn,
    };

    private void TakeHeader(JsonElement record, string? kind)
    {
        if (kind != "journal" || Text(record, "schema") != JournalWords.Schema)
        {
            throw new JournalException($"is none: the first record is no {JournalWords.Schema}")
            {
                IsNone = true,
            };
        }

        foreach (JsonElement feature in record.GetProperty("requires").EnumerateArray())
        {
            throw new JournalException(
                $"requires '{feature.GetString()}', which this version does not know; take a newer one");
        }

        if (!JournalWords.TryFindCustody(Text(record, "custody"), out CustodyKind custody))
        {
            throw new JournalException($"has a custody that is not known: '{Text(record, "custody")}'");
        }

        _kernels.Add(KernelOf(record));
        _header = new JournalHeader(Text(record, "id"), custody, Text(record, "model"), _kernels[0]);
    }

    private void TakeBegin(JsonElement record)
    {
        if (JournalWords.TryFindVerb(Text(record, "verb"), out StepVerb verb))
        {
            _steps.Add(new StepRecord(
                record.GetProperty("step").GetInt32(),
                verb,
                TextOrNull(record, "session"),
                TextOrNull(record, "object"),
                record.GetProperty("at").GetInt64(),
                _kernels.Count - 1));
        }
    }

    private void TakeMemory(MemoryRecord memory) => _memories[memory.ObjectName] = memory;

    private void TakeEnd(JsonElement record)
    {
        int step = record.GetProperty("step").GetInt32();
        int last = _steps.Count - 1;
        if (last >= 0 && _steps[last].Step == step && !_steps[last].IsEnded)
        {
            _steps[last] = _steps[last] with
            {
                IsEnded = true,
                Microseconds = record.GetProperty("microseconds").GetInt64(),
                Error = record.TryGetProperty("error", out JsonElement error)
                    ? (Errno)error.GetInt32()
                    : Errno.None,
                Why = TextOrNull(record, "why"),
            };
        }
    }

    private static KernelIdentity KernelOf(JsonElement record) => new(
        Text(record, "release"), Text(record, "boot"), record.GetProperty("process").GetInt32())
    {
        Machine = TextOrNull(record, "machine"),
    };

    private static WalkedRecord WalkedOf(JsonElement record) => new(
        Text(record, "domain"),
        [
            .. record.GetProperty("owners").EnumerateArray().Select(static owner => new WalkedOwner(
                Text(owner[0]),
                Number(owner[1]),
                Number(owner[2]),
                owner[3].GetInt64(),
                (Access)owner[4].GetByte())),
        ]);

    private static MemoryRecord MemoryOf(JsonElement record) => new(
        Text(record, "object"),
        record.GetProperty("bytes").GetInt64(),
        (Seals)record.GetProperty("seals").GetByte(),
        record.GetProperty("position").GetInt64())
    {
        Inode = TextOrNull(record, "inode") ?? "",
        Digest = TextOrNull(record, "digest"),
        Data = record.TryGetProperty("data", out JsonElement data)
            ? [.. data.EnumerateArray().Select(static range => new DataRange(
                range[0].GetInt64(), range[1].GetInt64()))]
            : default,
    };

    private static ulong Number(JsonElement number) => Text(number) is ['0', 'x', .. string digits]
        ? ulong.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : throw new FormatException("a number does not begin with 0x");

    private static string Text(JsonElement text) =>
        text.GetString() ?? throw new FormatException("a text is null");

    private static string Text(JsonElement record, string name) =>
        record.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null");

    private static string? TextOrNull(JsonElement record, string name) =>
        record.TryGetProperty(name, out JsonElement found) ? found.GetString() : null;
}
