using System.Text;

namespace GraphOrder.Cli.Tests;

/// <summary>Journals made of records without sums, or of recorded ones that are changed.</summary>
internal static class JournalBytes
{
    private const string Sum = ",\"sum\":\"";

    /// <summary>The records with their sums.</summary>
    /// <param name="records">Each without its sum and its closing brace.</param>
    public static byte[] Signed(IEnumerable<string> records)
    {
        List<byte> journal = [];
        uint sum = 0;
        foreach (string record in records)
        {
            byte[] body = Encoding.UTF8.GetBytes(record);
            sum = Crc(sum, body);
            journal.AddRange(body);
            journal.AddRange(Encoding.UTF8.GetBytes($"{Sum}{sum:x8}\"}}\n"));
        }

        return [.. journal];
    }

    /// <summary>
    /// A recorded journal without its last records, with something in it replaced and more behind it.
    /// </summary>
    public static byte[] Of(
        string path, int cut, string from = "\n", string to = "\n", params string[] more) => Signed(
        File.ReadAllLines(Path.Combine(Tool.Root, path)).SkipLast(cut)
            .Select(static line => line[..line.LastIndexOf(Sum, StringComparison.Ordinal)])
            .Select(record => record.Replace(from, to, StringComparison.Ordinal))
            .Concat(more));

    // CRC-32C, bit by bit, as the README writes the sum down: an independent reading of it.
    private static uint Crc(uint previous, byte[] bytes)
    {
        uint sum = ~0u;
        foreach (byte next in (byte[])[.. BitConverter.GetBytes(previous), .. bytes])
        {
            sum ^= next;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ ((sum & 1) == 0 ? 0 : 0x82F63B78u);
            }
        }

        return ~sum;
    }
}
