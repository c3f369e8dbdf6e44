using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GraphOrder;

/// <summary>
/// SHA-256 (FIPS 180-4) of what is small. The framework's own is the system's library, which is several
/// times faster and takes milliseconds to load: longer than the whole run on a set of a thousand objects,
/// of whose run it was 8 % in a profile (set A); large sets use the system's.
/// Not thread-safe.
/// </summary>
internal sealed class Sha256
{
    private const int BlockBytes = 64;
    private const int LengthBytes = sizeof(ulong);

    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private static ReadOnlySpan<uint> InitialState =>
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    private readonly uint[] _state = [.. InitialState];
    private readonly uint[] _schedule = new uint[BlockBytes];
    private readonly byte[] _block = new byte[BlockBytes];
    private long _byteCount;

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        int filled = (int)(_byteCount % BlockBytes);
        _byteCount += bytes.Length;
        if (filled > 0)
        {
            int part = Math.Min(bytes.Length, BlockBytes - filled);
            bytes[..part].CopyTo(_block.AsSpan(filled));
            bytes = bytes[part..];
            if (filled + part < BlockBytes)
            {
                return;
            }

            Take(_block);
        }

        for (; bytes.Length >= BlockBytes; bytes = bytes[BlockBytes..])
        {
            Take(bytes[..BlockBytes]);
        }

        bytes.CopyTo(_block);
    }

    /// <summary>The digest of all that was added; what comes next begins anew.</summary>
    /// <param name="digest">At least 32 bytes.</param>
    public void Finish(Span<byte> digest)
    {
        ulong bitCount = (ulong)_byteCount * 8;
        int filled = (int)(_byteCount % BlockBytes);
        _block[filled++] = 0x80;
        if (filled > BlockBytes - LengthBytes)
        {
            _block.AsSpan(filled).Clear();
            Take(_block);
            filled = 0;
        }

        _block.AsSpan(filled).Clear();
        BinaryPrimitives.WriteUInt64BigEndian(_block.AsSpan(BlockBytes - LengthBytes), bitCount);
        Take(_block);
        for (int i = 0; i < _state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest[(i * sizeof(uint))..], _state[i]);
        }

        InitialState.CopyTo(_state);
        _byteCount = 0;
    }

    private void Take(ReadOnlySpan<byte> block)
    {
        uint[] schedule = _schedule;
        for (int i = 0; i < 16; i++)
        {
            schedule[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..]);
        }

        unchecked
        {
            for (int i = 16; i < schedule.Length; i++)
            {
                uint near = schedule[i - 2];
                uint far = schedule[i - 15];
                schedule[i] = schedule[i - 16] + schedule[i - 7]
                    + (BitOperations.RotateRight(far, 7) ^ BitOperations.RotateRight(far, 18) ^ (far >> 3))
                    + (BitOperations.RotateRight(near, 17) ^ BitOperations.RotateRight(near, 19)
                        ^ (near >> 10));
            }

            Mix(schedule);
        }
    }

    private void Mix(uint[] schedule)
    {
        uint[] state = _state;
        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        (uint e, uint f, uint g, uint h) = (state[4], state[5], state[6], state[7]);
        unchecked
        {
            // Eight rounds a turn: the letters change places by being named, not by being moved.
            ReadOnlySpan<uint> constants = Constants;
            for (int i = 0; i + 7 < schedule.Length && i + 7 < constants.Length; i += 8)
            {
                Round(a, b, c, ref d, e, f, g, ref h, constants[i] + schedule[i]);
                Round(h, a, b, ref c, d, e, f, ref g, constants[i + 1] + schedule[i + 1]);
                Round(g, h, a, ref b, c, d, e, ref f, constants[i + 2] + schedule[i + 2]);
                Round(f, g, h, ref a, b, c, d, ref e, constants[i + 3] + schedule[i + 3]);
                Round(e, f, g, ref h, a, b, c, ref d, constants[i + 4] + schedule[i + 4]);
                Round(d, e, f, ref g, h, a, b, ref c, constants[i + 5] + schedule[i + 5]);
                Round(c, d, e, ref f, g, h, a, ref b, constants[i + 6] + schedule[i + 6]);
                Round(b, c, d, ref e, f, g, h, ref a, constants[i + 7] + schedule[i + 7]);
            }

            state[0] += a;
            state[1] += b;
            state[2] += c;
            state[3] += d;
            state[4] += e;
            state[5] += f;
            state[6] += g;
            state[7] += h;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        uint a, uint b, uint c, ref uint d, uint e, uint f, uint g, ref uint h, uint added)
    {
        unchecked
        {
            uint first = h + added + (g ^ (e & (f ^ g)))
                + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11)
                    ^ BitOperations.RotateRight(e, 25));
            d += first;
            h = first + ((a & b) | (c & (a | b)))
                + (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13)
                    ^ BitOperations.RotateRight(a, 22));
        }
    }
}
