using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Writes <c>graphorder/journal/1</c> (the format stands in this project's README). What says that an act
/// begins is on disk when the call comes back. Allocates nothing for steps after the first few. Not
/// thread-safe.
/// </summary>
public sealed class JournalWriter : IDisposable
{
    private readonly LineBuffer _line = new();
    private readonly Utf8JsonWriter _json;
    private readonly TimeProvider _time;
    private readonly IJournalStore _disk;
    private IJournalStore? _copy;
    private uint _sum;

    /// <summary>Begins or goes on with a journal.</summary>
    /// <param name="disk">Where it is kept.</param>
    /// <param name="time">What tells the time.</param>
    /// <param name="sum">The sum of the last record that is there; 0 where none is.</param>
    public JournalWriter(IJournalStore disk, TimeProvider time, uint sum = 0)
    {
        _disk = disk;
        _time = time;
        _sum = sum;
        _json = new Utf8JsonWriter(_line, new JsonWriterOptions { SkipValidation = true });
    }

    /// <summary>How many bytes were written by this writer.</summary>
    public long Bytes { get; private set; }

    /// <summary>
    /// Where further records go too; what was written before is the caller's to bring there.
    /// </summary>
    public void CopyTo(IJournalStore copy) => _copy = copy;

    /// <summary>The first record.</summary>
    public void Begin(JournalHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        Open("journal"u8);
        _json.WriteString("schema"u8, JournalWords.Schema);
        _json.WriteStartArray("requires"u8);
        _json.WriteEndArray();
        _json.WriteString("id"u8, header.Id);
        _json.WriteString("custody"u8, header.Custody.Name());
        _json.WriteString("model"u8, header.Model);
        WriteKernel(header.Kernel);
        Close(isDurable: true);
    }

    /// <summary>A whole document.</summary>
    public void Document(string name, string text)
    {
        Open("document"u8);
        _json.WriteString("name"u8, name);
        _json.WriteString("text"u8, text);
        Close(isDurable: false);
    }

    /// <summary>What the page table of a domain maps.</summary>
    public void Walked(SessionSet set, WalkedDomain walked)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(walked);
        Open("walked"u8);
        _json.WriteString("domain"u8, set.NameOf(walked.Domain));
        _json.WriteStartArray("owners"u8);
        foreach (MappedOwner owner in walked.Owners)
        {
            _json.WriteStartArray();
            _json.WriteStringValue(set.NameOf(owner.Memfd));
            _json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"0x{owner.FirstIova:x}"));
            _json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"0x{owner.FirstPhysical:x}"));
            _json.WriteNumberValue(owner.Bytes);
            _json.WriteNumberValue((int)owner.Access);
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
        Close(isDurable: false);
    }

    /// <summary>What a memfd is like before it is preserved.</summary>
    public void Memory(MemoryRecord memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        Open("memory"u8);
        _json.WriteString(JournalWords.Object, memory.ObjectName);
        _json.WriteString("inode"u8, memory.Inode);
        WriteFacts(memory.Bytes, memory.Seals, memory.Position);
        if (!memory.Data.IsDefault)
        {
            WriteData(memory.Data.AsSpan());
        }

        if (memory.Digest is { } digest)
        {
            _json.WriteString("digest"u8, digest);
        }

        Close(isDurable: false);
    }

    /// <summary>The same of one that was just looked at, without allocating.</summary>
    internal void Memory(ReadOnlySpan<byte> id, MemoryObserver seen)
    {
        Open("memory"u8);
        _json.WriteString(JournalWords.Object, id);
        Span<byte> text = stackalloc byte[2 * GraphOrder.Digest.ByteCount];
        _ = Utf8Formatter.TryFormat(seen.File.Device, text, out int device);
        text[device++] = (byte)':';
        _ = Utf8Formatter.TryFormat(seen.File.Inode, text[device..], out int inode);
        _json.WriteString("inode"u8, text[..(device + inode)]);
        WriteFacts(seen.File.Bytes, seen.Seals, seen.Position);
        if (seen.HasData)
        {
            WriteData(seen.Data);
        }

        if (!seen.Digest.IsEmpty)
        {
            _ = Convert.TryToHexStringLower(seen.Digest, text, out int digits);
            _json.WriteString("digest"u8, text[..digits]);
        }

        Close(isDurable: false);
    }

    /// <summary>An act is about to be done: on disk when this comes back.</summary>
    /// <param name="step">The step's number; 0 for the journal's own session.</param>
    /// <param name="verb">What is done.</param>
    /// <param name="session">The session's name; empty where there is none.</param>
    /// <param name="id">The object's id; empty where there is none.</param>
    /// <param name="token">The token of a file.</param>
    public void Begin(
        int step, StepVerb verb, ReadOnlySpan<byte> session, ReadOnlySpan<byte> id, ulong? token)
    {
        Open("begin"u8);
        _json.WriteNumber(JournalWords.Step, step);
        _json.WriteString(JournalWords.Verb, verb.Text());
        if (!session.IsEmpty)
        {
            _json.WriteString(JournalWords.Session, session);
        }

        if (!id.IsEmpty)
        {
            _json.WriteString(JournalWords.Object, id);
        }

        if (token is { } known)
        {
            Span<byte> text = stackalloc byte[2 + 16];
            "0x"u8.CopyTo(text);
            _ = Utf8Formatter.TryFormat(known, text[2..], out int digits, new StandardFormat('x'));
            _json.WriteString(JournalWords.Token, text[..(2 + digits)]);
        }

        Close(isDurable: true);
    }

    /// <summary>An act was done, or was not.</summary>
    /// <param name="step">The step's number.</param>
    /// <param name="microseconds">How long it took.</param>
    /// <param name="error">Why the kernel refused it; none where it did not.</param>
    /// <param name="why">Why it failed where no error number tells.</param>
    public void End(int step, long microseconds, Errno error, string? why = null)
    {
        Open("end"u8);
        _json.WriteNumber(JournalWords.Step, step);
        _json.WriteNumber(JournalWords.Microseconds, microseconds);
        if (error != Errno.None)
        {
            _json.WriteNumber(JournalWords.Error, (int)error);
        }

        if (why is not null)
        {
            _json.WriteString(JournalWords.Why, why);
        }

        Close(isDurable: error != Errno.None || why is not null);
    }

    /// <summary>A process takes over.</summary>
    public void Kernel(KernelIdentity kernel)
    {
        Open("kernel"u8);
        WriteKernel(kernel);
        Close(isDurable: true);
    }

    /// <summary>A memfd was compared with what it was.</summary>
    public void Checked(string id, ImmutableArray<string> differs) =>
        Checked(Encoding.UTF8.GetBytes(id), differs);

    /// <summary>The same; nothing is allocated.</summary>
    internal void Checked(ReadOnlySpan<byte> id, ImmutableArray<string> differs)
    {
        Open("checked"u8);
        _json.WriteString(JournalWords.Object, id);
        _json.WriteStartArray("differs"u8);
        foreach (string fact in differs)
        {
            _json.WriteStringValue(fact);
        }

        _json.WriteEndArray();
        Close(isDurable: false);
    }

    /// <summary>Somebody who outlives this process holds an object's descriptor.</summary>
    public void Handed(string id)
    {
        Open("handed"u8);
        _json.WriteString(JournalWords.Object, id);
        Close(isDurable: true);
    }

    /// <summary>The update is called off, and a session was closed.</summary>
    public void Closed(string session)
    {
        Open("closed"u8);
        _json.WriteString(JournalWords.Session, session);
        Close(isDurable: true);
    }

    /// <summary>Nothing is left to do.</summary>
    public void Over(bool isDone)
    {
        Open("over"u8);
        _json.WriteString("outcome"u8, isDone ? "done" : "called-off");
        Close(isDurable: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void WriteFacts(long bytes, Seals seals, long position)
    {
        _json.WriteNumber("bytes"u8, bytes);
        _json.WriteNumber("seals"u8, (int)seals);
        _json.WriteNumber("position"u8, position);
    }

    private void WriteData(ReadOnlySpan<DataRange> data)
    {
        _json.WriteStartArray("data"u8);
        foreach (DataRange range in data)
        {
            _json.WriteStartArray();
            _json.WriteNumberValue(range.Offset);
            _json.WriteNumberValue(range.Bytes);
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }

    private void WriteKernel(KernelIdentity kernel)
    {
        _json.WriteString("release"u8, kernel.Release);
        _json.WriteString("boot"u8, kernel.Boot);
        _json.WriteNumber("process"u8, kernel.Process);
        if (kernel.Machine is { } machine)
        {
            _json.WriteString("machine"u8, machine);
        }
    }

    private void Open(ReadOnlySpan<byte> kind)
    {
        _line.Clear();
        _json.Reset(_line);
        _json.WriteStartObject();
        _json.WriteString(JournalWords.Kind, kind);
        TimeSpan since = _time.GetUtcNow() - DateTimeOffset.UnixEpoch;
        _json.WriteNumber(JournalWords.At, since.Ticks / TimeSpan.TicksPerMicrosecond);
    }

    private void Close(bool isDurable)
    {
        _json.WriteEndObject();
        _json.Flush();

        // The sum is of what stands in front of it, so the closing brace goes first.
        _line.Drop(1);
        _sum = JournalSum.Of(_sum, _line.Written);
        Span<byte> digits = stackalloc byte[JournalSum.Digits];
        _ = Utf8Formatter.TryFormat(_sum, digits, out _, new StandardFormat('x', JournalSum.Digits));
        _line.Append(JournalSum.Member);
        _line.Append(digits);
        _line.Append(JournalSum.End);
        Bytes += _line.Written.Length;
        _disk.Append(_line.Written);
        _copy?.Append(_line.Written);
        if (isDurable)
        {
            _disk.Flush();
        }
    }
}
