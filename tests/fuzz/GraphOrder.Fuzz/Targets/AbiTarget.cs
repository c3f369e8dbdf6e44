using System.Buffers.Binary;
using GraphOrder.Native;

namespace GraphOrder.Fuzz;

/// <summary>
/// What stands behind the C ABI. The first byte says which call: one that asks, one that plans a set, or one
/// that walks a table in memory of the caller, described by what comes next.
/// </summary>
internal sealed unsafe class AbiTarget() : FuzzTarget("c-abi", 1 << 13)
{
    private const int HeadBytes = 72;
    private const int NameBytesMax = 32;
    private const int SmallerMax = 64;

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds()
    {
        foreach (byte[] request in RequestSeeds.All())
        {
            yield return [0, .. request];
        }

        yield return [1, .. RepositoryFiles.Bytes("samples", "seed-legal.json")];
        yield return [1, .. RepositoryFiles.Bytes("samples", "gpu-vm.json")];
        yield return Table("vtd-second-stage", "", 2);
        yield return Table("amd-v1", "", 2);
        yield return Table("arm-lpae-s1", "64K", 1);
        yield return Table("x86-64", "4K", 3);
    }

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        using NativeEngine engine = new(null);
        AnswerBuffer answer = AnswerBuffer.Take();
        try
        {
            CallStatus status = Ask(engine, answer, input[0], input[1..]);
            RequestTarget.Judge((int)status, answer.Memory[..answer.Length]);
        }
        catch (CallException refused)
        {
            Demand(refused.Message.Length > 0 && refused.Status != CallStatus.Internal, refused.Message);
        }
        catch (MalformedDocumentException refused)
        {
            Documents.DemandClear(refused);
        }
        finally
        {
            answer.GiveBack();
        }
    }

    private static CallStatus Ask(
        NativeEngine engine, AnswerBuffer answer, byte call, ReadOnlySpan<byte> input)
    {
        switch (call % 3)
        {
            case 0:
                fixed (byte* bytes = input)
                {
                    return engine.Ask(new RequestBytes(bytes, input.Length).Memory, answer);
                }

            case 1:
                return engine.Plan(new MemoryStream(input.ToArray()), answer);
            default:
                return Walk(engine, answer, input);
        }
    }

    private static CallStatus Walk(NativeEngine engine, AnswerBuffer answer, ReadOnlySpan<byte> input)
    {
        byte[] head = new byte[HeadBytes];
        input[..Math.Min(HeadBytes, input.Length)].CopyTo(head);
        ReadOnlySpan<byte> names = input[Math.Min(HeadBytes, input.Length)..];
        ReadOnlySpan<byte> format = names[..Math.Min(head[0] % NameBytesMax, names.Length)];
        ReadOnlySpan<byte> granule = names[format.Length..];
        granule = granule[..Math.Min(head[1] % NameBytesMax, granule.Length)];
        ReadOnlySpan<byte> rest = names[(format.Length + granule.Length)..];
        ulong[] memory = new ulong[(rest.Length / 8) + 1];
        for (int i = 0; i < rest.Length / 8; i++)
        {
            memory[i] = BinaryPrimitives.ReadUInt64LittleEndian(rest[(i * 8)..]);
        }

        fixed (byte* formatText = format, granuleText = granule)
        fixed (ulong* words = memory)
        {
            byte odd = head[2];
            NativeTable table = new()
            {
                Size = (nuint)(sizeof(NativeTable) + ((odd & 1) != 0 ? head[3] - SmallerMax : 0)),
                Format = formatText,
                FormatLength = (nuint)format.Length,
                Granule = granuleText,
                GranuleLength = (nuint)granule.Length,
                TopLevel = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4)),
                Root = BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(8)),
                Base = BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(16)),
                Flags = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(24)),
                FaultMax = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(28)),
                Reserved = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(32)),
                Memory = (byte*)words + ((odd & 2) != 0 ? 1 : 0),
                Bytes = (ulong)(rest.Length / 8 * 8),
            };

            // Room behind it, since a caller may be newer and tell more.
            byte* told = stackalloc byte[sizeof(NativeTable) + 256];
            new Span<byte>(told, sizeof(NativeTable) + 256).Clear();
            *(NativeTable*)told = table;
            told[sizeof(NativeTable) + (head[36] & 127)] = (odd & 4) != 0 ? head[37] : (byte)0;
            return engine.Walk(TableReader.Read((NativeTable*)told), answer);
        }
    }

    private static byte[] Table(string format, string granule, int topLevel)
    {
        byte[] head = new byte[HeadBytes];
        head[0] = (byte)format.Length;
        head[1] = (byte)granule.Length;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), topLevel);
        BinaryPrimitives.WriteUInt64LittleEndian(head.AsSpan(8), 0x1000);
        BinaryPrimitives.WriteUInt64LittleEndian(head.AsSpan(16), 0x1000);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(24), 1);
        byte[] page = new byte[4096];
        BinaryPrimitives.WriteUInt64LittleEndian(page, 0x1003);
        return
        [
            2, .. head, .. System.Text.Encoding.ASCII.GetBytes(format + granule), .. page,
        ];
    }
}
