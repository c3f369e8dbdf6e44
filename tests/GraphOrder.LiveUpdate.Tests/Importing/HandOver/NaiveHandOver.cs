using System.Buffers.Binary;
using System.Text;

namespace GraphOrder.LiveUpdate.Tests;

/// <summary>
/// The hand-over as its words say it, read straight on and without a check: one line for each thing that a
/// set could get wrong. Null where following the words leads nowhere.
/// </summary>
internal static class NaiveHandOver
{
    public static string? Read(byte[] bytes)
    {
        try
        {
            HandOverImage image = new(bytes);
            StringBuilder text = new();
            Dictionary<string, ulong> tree = Tree(image);
            ulong luo = tree["LUO/preserved-data"];
            text.Append($"number {image.Word(luo + 8)}\n");
            for (ulong block = image.Word(luo + 16); block != 0; block = image.Word(block))
            {
                for (ulong i = 0; i < image.Word(block + 8); i++)
                {
                    Session(image, block + 16 + (i * 80), text);
                }
            }

            ulong flb = image.Word(luo + 24);
            for (ulong i = 0; i < image.Word(flb + 8); i++)
            {
                ulong entry = flb + 16 + (i * 64);
                text.Append($"flb {Name(image, entry, 48)} 0x{image.Word(entry + 48):x}\n");
            }

            return text.ToString();
        }
        catch (Exception error) when (error is KeyNotFoundException or ArgumentException or OverflowException
            or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>A set in the same words.</summary>
    public static string Of(ImportResult result)
    {
        Assert.That(result.TryGetSet(out SessionSet? set), Is.True);
        System.Text.Json.JsonElement root = System.Text.Json.JsonDocument.Parse(result.Document).RootElement;
        StringBuilder text = new();
        ulong number = Convert.ToUInt64(root.GetProperty("x-liveUpdateNumber").GetString()![2..], 16);
        text.Append($"number {number}\n");
        System.Text.Json.JsonElement[] objects = [.. root.GetProperty("objects").EnumerateArray()];
        foreach (System.Text.Json.JsonElement session in root.GetProperty("sessions").EnumerateArray())
        {
            string name = session.GetProperty("name").GetString()!;
            text.Append($"session {name}\n");
            foreach (System.Text.Json.JsonElement file in objects.Where(found =>
                found.TryGetProperty("session", out System.Text.Json.JsonElement home) && home.GetString() == name))
            {
                long size = file.GetProperty("bytes").GetInt64();
                string position = file.GetProperty("x-position") is { ValueKind: System.Text.Json.JsonValueKind.Number } plain
                    ? $"0x{plain.GetInt64():x}" : file.GetProperty("x-position").GetString()!;
                text.Append($"file {file.GetProperty("token").GetString()} {size} {position} "
                    + $"{string.Join('+', file.GetProperty("seals").EnumerateArray())}\n");
                foreach (System.Text.Json.JsonElement extent in file.GetProperty("extents").EnumerateArray())
                {
                    ulong offset = Convert.ToUInt64(extent.GetProperty("offset").GetString()![2..], 16);
                    ulong physical = Convert.ToUInt64(extent.GetProperty("physical").GetString()![2..], 16);
                    for (long at = 0; at < extent.GetProperty("bytes").GetInt64(); at += 4096)
                    {
                        text.Append($"page {(offset + (ulong)at) >> 12} 0x{physical + (ulong)at:x}\n");
                    }
                }
            }
        }

        foreach (System.Text.Json.JsonElement flb in objects.Where(found => found.GetProperty("kind").GetString() == "flb"))
        {
            text.Append($"flb {flb.GetProperty("id").GetString()![4..]} {flb.GetProperty("x-data").GetString()}\n");
        }

        return text.ToString();
    }

    private static void Session(HandOverImage image, ulong entry, StringBuilder text)
    {
        text.Append($"session {Name(image, entry, 64)}\n");
        for (ulong block = image.Word(entry + 64); block != 0; block = image.Word(block))
        {
            for (ulong i = 0; i < image.Word(block + 8); i++)
            {
                ulong file = block + 16 + (i * 64);
                ulong record = image.Word(file + 48);
                string[] names = ["seal", "shrink", "grow", "write", "future-write", "exec"];
                ulong seals = image.Word(record + 16) & 0xFF;
                text.Append($"file 0x{image.Word(file + 56):x} {image.Word(record + 8)} 0x{image.Word(record):x} "
                    + $"{string.Join('+', names.Where((_, bit) => (seals >> bit & 1) != 0))}\n");
                Folios(image, record, text);
            }
        }
    }

    private static void Folios(HandOverImage image, ulong record, StringBuilder text)
    {
        ulong count = image.Word(record + 24);
        ulong at = 0;
        for (ulong chunk = image.Word(record + 32); chunk != 0; chunk = image.Word(chunk))
        {
            for (ulong piece = 1; piece < 512
                && image.Word(chunk + (piece * 8)) is not 0 and ulong page; piece++)
            {
                for (ulong i = 0; i < 256 && at < count; i++, at++)
                {
                    ulong frame = image.Word(page + (i * 16)) & ((1UL << 52) - 1);
                    text.Append($"page {image.Word(page + (i * 16) + 8)} 0x{frame << 12:x}\n");
                }
            }
        }
    }

    private static string Name(HandOverImage image, ulong at, int room)
    {
        Span<byte> bytes = image.At(at, room);
        int length = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(length < 0 ? bytes : bytes[..length]);
    }

    // Every property by its node and name, however its bytes came there.
    private static Dictionary<string, ulong> Tree(HandOverImage image)
    {
        Dictionary<string, ulong> found = [];
        Span<byte> tree = image.At(image.DeviceTree, 4096);
        int at = (int)Cell(tree, 8);
        int texts = (int)Cell(tree, 12);
        string node = "";
        for (uint mark = Cell(tree, at); mark != 9; mark = Cell(tree, at))
        {
            at += 4;
            if (mark == 1)
            {
                node = Ended(tree, at);
                at += (node.Length + 4) / 4 * 4;
            }
            else if (mark == 3)
            {
                int bytes = (int)Cell(tree, at);
                string name = Ended(tree, texts + (int)Cell(tree, at + 4));
                if (bytes == 8)
                {
                    found[$"{node}/{name}"] = BinaryPrimitives.ReadUInt64LittleEndian(tree[(at + 8)..]);
                }

                at += 8 + ((bytes + 3) / 4 * 4);
            }
        }

        return found;
    }

    private static uint Cell(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);

    private static string Ended(ReadOnlySpan<byte> bytes, int at) =>
        Encoding.ASCII.GetString(bytes.Slice(at, bytes[at..].IndexOf((byte)0)));
}
