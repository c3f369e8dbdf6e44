using System.Buffers;
using System.Buffers.Text;
using System.Numerics;

namespace GraphOrder;

/// <summary>
/// Writes the steps of phases, the bulk of every plan: the six phases say of the same things the same, so
/// nothing is formatted or escaped that can be copied. Many steps are formatted on two processors. Not
/// thread-safe.
/// </summary>
internal sealed class StepWriter
{
    // The longest row without its names: three numbers, and everything between them.
    private const int RowBytesMax = 160;
    private const int ChunkCount = 4096;

    private readonly RowWriter _rows;
    private readonly EscapedNames _ids;
    private readonly EscapedNames _sessions;
    private readonly ArrayBufferWriter<byte> _own = new();
    private readonly ArrayBufferWriter<byte> _other = new();

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
        bool isParallel = steps.Count > 4 * ChunkCount && Environment.ProcessorCount > 1;
        for (int first = 0; first < steps.Count; first += ChunkCount)
        {
            Task? other = null;
            int second = first + ChunkCount;
            if (isParallel && second < steps.Count)
            {
                other = Task.Run(() => Format(_other, steps, second));
            }

            Format(_own, steps, first);
            _rows.Put(_own.WrittenSpan);
            if (other is not null)
            {
                other.GetAwaiter().GetResult();
                _rows.Put(_other.WrittenSpan);
                first = second;
            }
        }
    }

    private void Format(ArrayBufferWriter<byte> target, PhaseSteps steps, int first)
    {
        target.ResetWrittenCount();
        PlanRows rows = steps.Rows;
        int behind = Math.Min(rows.Length, first + ChunkCount);
        for (int step = first; step < behind; step++)
        {
            PlanRow row = rows[step];
            Format(target, step, row);
            if (row.CarriedCount > 0)
            {
                Format(target, steps.Carried.AsSpan(row.FirstCarried, row.CarriedCount));
            }

            target.Write("}"u8);
        }
    }

    private void Format(ArrayBufferWriter<byte> target, int step, in PlanRow row)
    {
        ReadOnlySpan<byte> id = row.Object < 0 ? default : _ids[row.Object];
        ReadOnlySpan<byte> session = row.Session < 0 ? default : _sessions[row.Session];
        Span<byte> all = target.GetSpan(RowBytesMax + id.Length + session.Length);
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

        target.Advance(all.Length - room.Length);
    }

    private void Format(ArrayBufferWriter<byte> target, ReadOnlySpan<int> carried)
    {
        target.Write(",\"carries\":["u8);
        bool isFirst = true;
        foreach (int id in carried)
        {
            target.Write(isFirst ? "\""u8 : ",\""u8);
            target.Write(_ids[id]);
            target.Write("\""u8);
            isFirst = false;
        }

        target.Write("]"u8);
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
