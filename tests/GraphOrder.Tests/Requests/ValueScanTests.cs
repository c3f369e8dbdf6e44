using System.Text;
using System.Text.Json;

namespace GraphOrder.Tests.Requests;

[TestFixture]
public sealed class ValueScanTests
{
    // JsonDocument is the oracle: what it reads ends where the scan says.
    [Test]
    public void A_value_ends_where_a_reader_ends_it()
    {
        const int seed = 21;
        Random random = new(seed);
        for (int turn = 0; turn < 3_000; turn++)
        {
            StringBuilder text = new();
            Write(text, random, depth: 0, isContainer: true);
            byte[] value = Encoding.UTF8.GetBytes(text.ToString());
            Assert.DoesNotThrow(() => JsonDocument.Parse(value).Dispose());
            byte[] framed = [(byte)'[', .. value, .. "]}\"[{"u8];

            Assert.That(ValueScan.EndOf(framed, 1), Is.EqualTo(1 + value.Length), $"seed {seed}: {text}");
            for (int cut = 0; cut < value.Length; cut += 1 + value.Length / 7)
            {
                Assert.That(ValueScan.EndOf(value.AsSpan(0, cut), 0), Is.EqualTo(-1), $"seed {seed}: {text}");
            }
        }
    }

    private static void Write(StringBuilder text, Random random, int depth, bool isContainer)
    {
        int kind = isContainer ? random.Next(2) : random.Next(depth > 4 ? 2 : 0, 5);
        switch (kind)
        {
            case 0 or 1:
                text.Append(kind == 0 ? '{' : '[');
                for (int i = random.Next(5); i > 0; i--)
                {
                    if (kind == 0)
                    {
                        WriteText(text, random);
                        text.Append(" : ");
                    }

                    Write(text, random, depth + 1, isContainer: false);
                    text.Append(i > 1 ? ",\n " : "");
                }

                text.Append(kind == 0 ? '}' : ']');
                break;
            case 2: WriteText(text, random); break;
            case 3: text.Append(random.Next(-100, 100_000_000)); break;
            default: text.Append("null"); break;
        }
    }

    private static void WriteText(StringBuilder text, Random random)
    {
        string[] pieces = ["a", "{", "}", "[", "]", "\\\"", "\\\\", "\\u007b", "é", "long text of many letters ", "\\n"];
        text.Append('"');
        for (int i = random.Next(random.Next(12) == 0 ? 60 : 6); i > 0; i--)
        {
            text.Append(pieces[random.Next(pieces.Length)]);
        }

        text.Append('"');
    }
}
