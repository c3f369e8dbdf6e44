using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>
/// Writes <c>graphorder/walk/1</c>: one entry of a list a line. Runs are written as they are found, so
/// that the document may be larger than memory.
/// </summary>
public sealed class WalkWriter : IDisposable
{
    /// <summary>The schema of the document.</summary>
    public const string Schema = "graphorder/walk/1";

    private const int FlushBytes = 1 << 16;
    private const int SizesMax = 64;

    // What only areas can tell.
    private static readonly DiagnosticCode[] OfAreas =
    [
        DiagnosticCode.OutputInOtherSession, DiagnosticCode.OutputBeyondFileSize,
        DiagnosticCode.FolioNotUptodate, DiagnosticCode.HoleInArea, DiagnosticCode.StrayMapping,
        DiagnosticCode.OffsetDiscontinuity, DiagnosticCode.WrongFile, DiagnosticCode.PermissionWider,
        DiagnosticCode.PermissionNarrower, DiagnosticCode.AliasWithinDomain, DiagnosticCode.LeafExceedsArea,
        DiagnosticCode.AreaOverlap, DiagnosticCode.UnexpectedLeafSize,
    ];

    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushBytes);
    private readonly Utf8JsonWriter _json;
    private bool _hasMembers;
    private bool _hasEntries;

    private WalkWriter(Stream stream)
    {
        _stream = stream;
        // As the documents of the engine: names are no HTML.
        _json = new(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Writes the document in UTF-8 with line feeds; the stream stays open.</summary>
    /// <param name="utf8">Where to.</param>
    /// <param name="answer">What was found.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream utf8, WalkDocument answer)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(answer);
        using WalkWriter document = new(utf8);
        document.Write(answer);
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void Write(WalkDocument answer)
    {
        WalkSummary summary = answer.Summary;
        _buffer.Write("{"u8);
        Member("schema", json => json.WriteStringValue(Schema));
        WriteRoot(answer);
        Member("tables", json => json.WriteNumberValue(summary.Tables));
        Member("emptyTables", json => json.WriteNumberValue(summary.EmptyTables));
        if (summary.SkippedTables > 0)
        {
            Member("skippedTables", json => json.WriteNumberValue(summary.SkippedTables));
        }

        Member("leaves", json => WriteLeaves(json, summary));
        Member("mappedBytes", json => json.WriteRawValue(
            summary.MappedBytes.ToString(CultureInfo.InvariantCulture)));
        Member("faultCounts", json => WriteCounts(json, summary));
        if (answer.ListRuns is { } listRuns)
        {
            BeginList("runs");
            listRuns(run => Entry(json => WriteRun(json, run)));
            EndList();
        }

        BeginList("faults");
        foreach (PageTableFault fault in answer.Faults)
        {
            Entry(json => WriteFault(json, fault));
        }

        EndList();
        if (answer.Walked is { } walked)
        {
            WriteOwners(answer.Set!, walked);
            WriteEnds("missing", answer.Findings, DiagnosticCode.MissingEdge, "iova", "physical");
            WriteEnds("unused", answer.Findings, DiagnosticCode.ExtraEdge);
        }

        Member("notChecked", json =>
        {
            json.WriteStartArray();
            foreach (PageTableFaultKind kind in summary.NotChecked)
            {
                json.WriteStringValue(kind.ToString());
            }

            foreach (DiagnosticCode code in answer.Set is not null && !answer.HasAreas ? OfAreas : [])
            {
                json.WriteStringValue(code.ToString());
            }

            json.WriteEndArray();
        });
        WriteDiagnostics(answer);
        _buffer.Write("\n}\n"u8);
        Flush();
    }

    private void WriteRoot(WalkDocument answer)
    {
        FormatDescription format = answer.Format;
        Member("table", json => json.WriteStringValue(format.Name));
        if (format.Granule.Length > 0)
        {
            Member("granule", json => json.WriteStringValue(format.Granule));
        }

        Member("topLevel", json => json.WriteNumberValue(answer.TopLevel));
        Member("root", json => json.WriteStringValue(Hex(answer.Root)));
        if (answer.Device is { } device)
        {
            Member("device", json => json.WriteStringValue(device.ToString()));
        }

        if (answer.DomainId is { } domain)
        {
            Member("domainId", json => json.WriteNumberValue(domain));
        }
    }

    private void WriteOwners(SessionSet set, WalkedDomain walked)
    {
        BeginList("owners");
        foreach (MappedOwner owner in walked.Owners)
        {
            Entry(json =>
            {
                json.WriteStartObject();
                json.WriteString("object", set.NameOf(owner.Memfd));
                json.WriteNumber("bytes", owner.Bytes);
                json.WriteString("firstIova", Hex(owner.FirstIova));
                json.WriteEndObject();
            });
        }

        EndList();
    }

    // The ends of dependencies, and facts of each.
    private void WriteEnds(
        string name, ImmutableArray<Diagnostic> findings, DiagnosticCode code,
        params ReadOnlySpan<string> facts)
    {
        BeginList(name);
        string[] kept = [.. facts];
        foreach (Diagnostic found in findings)
        {
            if (found.Code == code)
            {
                Entry(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("dependent", found.Subjects[0]);
                    json.WriteString("on", found.Subjects[1]);
                    foreach (string fact in kept)
                    {
                        json.WriteString(fact, found.Fact(fact));
                    }

                    json.WriteEndObject();
                });
            }
        }

        EndList();
    }

    // Last, when everything has been read.
    private void WriteDiagnostics(WalkDocument answer)
    {
        BeginList("diagnostics");
        foreach (Diagnostic found in answer.Findings)
        {
            if (found.Code is not (DiagnosticCode.MissingEdge or DiagnosticCode.ExtraEdge))
            {
                Entry(json => DiagnosticWriter.Write(json, found));
            }
        }

        if (answer.Torn?.Invoke() is { } torn)
        {
            Entry(json => DiagnosticWriter.Write(json, torn));
        }

        EndList();
    }

    private static void WriteLeaves(Utf8JsonWriter json, WalkSummary summary)
    {
        json.WriteStartObject();
        for (int size = 0; size < SizesMax; size++)
        {
            if (summary.LeafCount(size) > 0)
            {
                json.WriteNumber(
                    (1UL << size).ToString(CultureInfo.InvariantCulture), summary.LeafCount(size));
            }
        }

        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, WalkSummary summary)
    {
        json.WriteStartObject();
        foreach (PageTableFaultKind kind in PageTableFaultKinds.All)
        {
            if (summary.FaultCount(kind) > 0)
            {
                json.WriteNumber(kind.ToString(), summary.FaultCount(kind));
            }
        }

        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, in LeafRun run)
    {
        json.WriteStartObject();
        json.WriteString("iova", Hex(run.Iova));
        json.WriteString("physical", Hex(run.Physical));
        json.WriteNumber("bytes", run.Bytes);
        json.WriteString("access", AccessText(run.Access));
        json.WriteEndObject();
    }

    private static void WriteFault(Utf8JsonWriter json, in PageTableFault fault)
    {
        json.WriteStartObject();
        json.WriteString("code", fault.Kind.Code());
        json.WriteString("name", fault.Kind.ToString());
        json.WriteString("severity", DiagnosticWriter.SeverityName(PageTableDiagnostics.Of(fault.Severity)));
        json.WriteString("iova", Hex(fault.Iova));
        json.WriteNumber("level", fault.Level);
        if (fault.Index >= 0)
        {
            json.WriteNumber("index", fault.Index);
        }

        json.WriteString("table", Hex(fault.Table));
        if (fault.Index >= 0)
        {
            json.WriteString("entry", Hex(fault.Entry));
        }

        if (fault.IsReadTwoWays)
        {
            json.WriteString("hardware", PageTableDiagnostics.Of(fault.Hardware));
            json.WriteString("kernel", PageTableDiagnostics.Of(fault.Kernel));
        }

        json.WriteEndObject();
    }

    private static string Hex(ulong value) => $"0x{value:x}";

    private static string AccessText(PageAccess access) =>
        ((access & PageAccess.Read) != 0 ? "r" : "")
        + ((access & PageAccess.Write) != 0 ? "w" : "")
        + ((access & PageAccess.Execute) != 0 ? "x" : "");

    // A member on a line of its own.
    private void Member(string name, Action<Utf8JsonWriter> value)
    {
        Name(name);
        Value(value);
    }

    private void Name(string name)
    {
        _buffer.Write(_hasMembers ? ",\n  "u8 : "\n  "u8);
        Value(json => json.WriteStringValue(name));
        _buffer.Write(": "u8);
        _hasMembers = true;
    }

    private void BeginList(string name)
    {
        Name(name);
        _buffer.Write("["u8);
        _hasEntries = false;
    }

    private void EndList() => _buffer.Write(_hasEntries ? "\n  ]"u8 : "]"u8);

    private void Entry(Action<Utf8JsonWriter> value)
    {
        _buffer.Write(_hasEntries ? ",\n    "u8 : "\n    "u8);
        Value(value);
        _hasEntries = true;
    }

    private void Value(Action<Utf8JsonWriter> value)
    {
        value(_json);
        _json.Flush();
        _json.Reset();
        if (_buffer.WrittenCount >= FlushBytes)
        {
            Flush();
        }
    }

    private void Flush()
    {
        _stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
