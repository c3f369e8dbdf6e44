using System.Text;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Fuzz;

/// <summary>
/// The journal, as it is and with its sums made right: no fuzzer guesses a sum, and what stands behind one
/// must be doubted too.
/// </summary>
internal sealed class JournalTarget() : FuzzTarget("journal", 1 << 13)
{
    private const string Text = "\"text\":\"";

    // Records that the fixtures lack.
    private const string Rare = """
        {"kind":"journal","schema":"graphorder/journal/1","requires":[],"id":"u","custody":"self","model":"m","release":"7","boot":"b","process":1}
        {"kind":"walked","at":2,"domain":"d","owners":[["m","0x0","0x1000",4096,3]]}
        {"kind":"memory","at":3,"object":"m","bytes":4096,"seals":7,"position":0,"inode":"1:2","digest":"sha256:00","data":[[0,4096]]}
        {"kind":"kernel","at":4,"release":"7.4","boot":"c","process":2}
        {"kind":"checked","at":5,"object":"m","differs":["bytes"]}
        {"kind":"handed","at":6,"object":"m"}
        {"kind":"closed","at":7,"session":"s"}
        {"kind":"over","at":8,"outcome":"done"}

        """;

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds()
    {
        foreach (byte[] whole in RepositoryFiles.Below("fixtures/journals"))
        {
            // Sets and plans are texts here, and most of the bytes; other targets read those.
            string[] lines = Encoding.UTF8.GetString(whole).Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                int text = lines[i].IndexOf(Text, StringComparison.Ordinal);
                lines[i] = text < 0 ? lines[i] : $"{lines[i][..text]}{Text}{{}}\"}}";
            }

            yield return Encoding.UTF8.GetBytes(string.Join('\n', lines));
            yield return Encoding.UTF8.GetBytes(string.Join('\n', lines.Take(6)) + "\n");
            yield return Encoding.UTF8.GetBytes(string.Join('\n', lines.Take(1)) + "\n");
        }

        yield return Encoding.UTF8.GetBytes(Rare);
    }

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        Read(input);
        Read(Sealed(input));
    }

    private static void Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Journal journal = JournalReader.Read(bytes);
            Demand(journal.Bytes <= bytes.Length, "a journal is longer than its bytes");
            Demand(journal.Walked.All(walked => walked.Owners.All(owner => owner.Memfd is not null))
                && journal.Checked.Values.All(differs => differs.All(fact => fact is not null)), "a text is null");
        }
        catch (JournalException refused)
        {
            Demand(refused.Message.Length > 0, "a refusal says nothing");
        }
    }

    // A line may have a sum, whatever it is, or none.
    private static byte[] Sealed(ReadOnlySpan<byte> input)
    {
        int tail = JournalSum.Member.Length + JournalSum.Digits + JournalSum.End.Length - 1;
        using MemoryStream all = new();
        uint sum = 0;
        foreach (Range range in input.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = input[range];
            if (line.IsEmpty)
            {
                continue;
            }

            bool hasSum = line.Length > tail && line[^tail..].StartsWith(JournalSum.Member);
            ReadOnlySpan<byte> body = hasSum ? line[..^tail] : line[^1] == (byte)'}' ? line[..^1] : line;
            sum = JournalSum.Of(sum, body);
            all.Write(body);
            all.Write(JournalSum.Member);
            all.Write(Encoding.ASCII.GetBytes($"{sum:x8}"));
            all.Write(JournalSum.End);
        }

        return all.ToArray();
    }
}
