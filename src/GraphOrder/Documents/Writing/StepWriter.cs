using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;

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
    private const int PieceSteps = 512;
    private const int PieceBytes = 1 << 15;
    private const int DigitsMax = 10;

    private readonly RowWriter _rows;
    private readonly EscapedNames _ids;
    private readonly EscapedNames _sessions;
    private OrderedPieces? _pieces;

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
        int pieceCount = (int)(((long)steps.Count + PieceSteps - 1) / PieceSteps);
        _pieces ??= new OrderedPieces(PieceBytes);
        _pieces.Write(
            pieceCount,
            (piece, target) => Format(target, steps, piece * PieceSteps),
            _rows.Put);
    }

    private void Format(ArrayBufferWriter<byte> target, PhaseSteps steps, int first)
    {
        PlanRows rows = steps.Rows;
        DecimalCounter number = new(first, stackalloc byte[DigitsMax]);
        int behind = Math.Min(rows.Length, first + PieceSteps);
        for (int step = first; step < behind; step++, number.Advance())
        {
            ref readonly PlanRow row = ref rows.Of(step, out int wave);
            ReadOnlySpan<byte> id = row.Object < 0 ? default : _ids[row.Object];
            ReadOnlySpan<byte> session = row.Session < 0 ? default : _sessions[row.Session];
            Span<byte> room = target.GetSpan(RowBytesMax + id.Length + session.Length);
            int at = 0;
            Put(room, ref at, step == 0 ? "\n"u8 : ",\n"u8);
            Put(room, ref at, "      {\"step\":"u8);
            Put(room, ref at, number.Digits);
            Put(room, ref at, ",\"wave\":"u8);
            PutWave(room, ref at, wave, step, number);
            PutNames(room, ref at, row, id, session);
            if (row.CarriedCount == 0)
            {
                room[at++] = (byte)'}';
                target.Advance(at);
                continue;
            }

            target.Advance(at);
            Format(target, steps.Carried.AsSpan(row.FirstCarried, row.CarriedCount));
        }
    }

    // Where each step is a wave of its own the number stands there already.
    private static void PutWave(
        Span<byte> room, ref int at, int wave, int step, scoped in DecimalCounter number)
    {
        if (wave == step)
        {
            Put(room, ref at, number.Digits);
        }
        else
        {
            Utf8Formatter.TryFormat(wave, room[at..], out int length);
            at += length;
        }
    }

    private static void PutNames(
        Span<byte> room, ref int at, in PlanRow row, ReadOnlySpan<byte> id, ReadOnlySpan<byte> session)
    {
        if (row.Object >= 0)
        {
            Put(room, ref at, row.IsAct ? ",\"act\":\""u8 : ",\"object\":\""u8);
            Put(room, ref at, id);
            room[at++] = (byte)'"';
        }

        if (row.Session >= 0)
        {
            Put(room, ref at, ",\"session\":\""u8);
            Put(room, ref at, session);
            room[at++] = (byte)'"';
        }

        if (row.HasToken)
        {
            Put(room, ref at, ",\"token\":\"0x"u8);
            PutHexadecimal(room, ref at, row.Token);
            room[at++] = (byte)'"';
        }
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

        target.Write("]}"u8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Span<byte> room, ref int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(room[at..]);
        at += bytes.Length;
    }

    private static void PutHexadecimal(Span<byte> room, ref int at, ulong number)
    {
        int length = Math.Max(1, (67 - BitOperations.LeadingZeroCount(number)) / 4);
        for (int i = length - 1; i >= 0; i--)
        {
            room[at + i] = "0123456789abcdef"u8[(int)(number & 0xf)];
            number >>= 4;
        }

        at += length;
    }
}
