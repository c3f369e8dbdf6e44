using System.Buffers.Text;
using System.Numerics;

namespace GraphOrder;

/// <summary>
/// Writes the steps of phases, the bulk of every plan, straight into the buffer of a
/// <see cref="RowWriter"/>: the six phases say of the same things the same, so nothing is formatted or
/// escaped that can be copied. Not thread-safe.
/// </summary>
internal sealed class StepWriter
{
    // The longest row without its names: three numbers, and everything between them.
    private const int RowBytesMax = 160;

    private readonly RowWriter _rows;
    private readonly EscapedNames _ids;
    private readonly EscapedNames _sessions;

    /// <summary>A writer for the phases of one plan.</summary>
    public StepWriter(RowWriter rows, PlanNames names)
    {
        _rows = rows;
        _ids = new EscapedNames(names.Ids);
        _sessions = new EscapedNames(names.Sessions);
    }

    /// <summary>Writes the entries of a list of steps.</summary>
    public void Write(PhaseSteps steps)
    {
        PlanRows rows = steps.Rows;
        for (int step = 0; step < rows.Length; step++)
        {
            PlanRow row = rows[step];
            Write(step, row);
            if (row.CarriedCount > 0)
            {
                Write(steps.Carried.AsSpan(row.FirstCarried, row.CarriedCount));
            }

            _rows.Put("}"u8);
        }
    }

    private void Write(int step, in PlanRow row)
    {
        ReadOnlySpan<byte> id = row.Object < 0 ? default : _ids[row.Object];
        ReadOnlySpan<byte> session = row.Session < 0 ? default : _sessions[row.Session];
        Span<byte> all = _rows.Room(RowBytesMax + id.Length + session.Length);
        Span<byte> room = all;
        Put(ref room, step == 0 ? "\n      {\"step\":"u8 : ",\n      {\"step\":"u8);
        Put(ref room, step);
        Put(ref room, ",\"wave\":"u8);
        Put(ref room, row.Wave);
        if (row.Object >= 0)
        {
            Put(ref room, row.IsAct ? ",\"act\":\""u8 : ",\"object\":\""u8);
            Put(ref room, id);
            Put(ref room, "\""u8);
        }

        if (row.Session >= 0)
        {
            Put(ref room, ",\"session\":\""u8);
            Put(ref room, session);
            Put(ref room, "\""u8);
        }

        if (row.HasToken)
        {
            Put(ref room, ",\"token\":\"0x"u8);
            PutHexadecimal(ref room, row.Token);
            Put(ref room, "\""u8);
        }

        _rows.Advance(all.Length - room.Length);
    }

    private void Write(ReadOnlySpan<int> carried)
    {
        _rows.Put(",\"carries\":["u8);
        bool isFirst = true;
        foreach (int id in carried)
        {
            _rows.Put(isFirst ? "\""u8 : ",\""u8);
            _rows.Put(_ids[id]);
            _rows.Put("\""u8);
            isFirst = false;
        }

        _rows.Put("]"u8);
    }

    private static void Put(ref Span<byte> room, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(room);
        room = room[bytes.Length..];
    }

    private static void Put(ref Span<byte> room, int number)
    {
        Utf8Formatter.TryFormat(number, room, out int length);
        room = room[length..];
    }

    private static void PutHexadecimal(ref Span<byte> room, ulong number)
    {
        int length = Math.Max(1, (67 - BitOperations.LeadingZeroCount(number)) / 4);
        for (int i = length - 1; i >= 0; i--)
        {
            room[i] = "0123456789abcdef"u8[(int)(number & 0xf)];
            number >>= 4;
        }

        room = room[length..];
    }
}
