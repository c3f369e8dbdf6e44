using System.Buffers.Binary;

namespace GraphOrder.LiveUpdate;

/// <summary>The structures that a random ioctl hands over.</summary>
internal static class TortureArguments
{
    /// <summary>Nothing wrong but, perhaps, the size field.</summary>
    public const int Whole = 0;

    /// <summary>The last byte that the size field covers is not zero.</summary>
    public const int DirtyTail = 1;

    /// <summary>No structure: the null pointer.</summary>
    public const int Null = 2;

    /// <summary>The four bytes behind the size, reserved or an answer's, are not zero.</summary>
    public const int Reserved = 3;

    /// <summary>Whether its structure has a descriptor that goes in.</summary>
    public static bool HasDescriptor(TortureCall call) =>
        TortureWords.Requests[call.Pick] == LiveUpdateAbi.PreserveFile;

    /// <summary>Whether, where it succeeds, it made a descriptor.</summary>
    public static bool MakesDescriptor(TortureCall call) => TortureWords.Requests[call.Pick]
        is LiveUpdateAbi.CreateSession or LiveUpdateAbi.RetrieveSession or LiveUpdateAbi.RetrieveFile;

    /// <summary>Whether its structure has a name.</summary>
    public static bool HasName(TortureCall call) => TortureWords.Requests[call.Pick]
        is LiveUpdateAbi.CreateSession or LiveUpdateAbi.RetrieveSession;

    /// <summary>Whether its structure has a token.</summary>
    public static bool HasToken(TortureCall call) => TortureWords.Requests[call.Pick]
        is LiveUpdateAbi.PreserveFile or LiveUpdateAbi.RetrieveFile;

    /// <summary>Makes the bytes; none for the null pointer.</summary>
    public static byte[] Make(TortureCall call, int round, int descriptor)
    {
        if (call.Offset == Null)
        {
            return [];
        }

        byte[] argument = new byte[TortureWords.ArgumentBytes];
        BinaryPrimitives.WriteInt32LittleEndian(argument, (int)call.Bytes);
        BinaryPrimitives.WriteInt32LittleEndian(
            argument.AsSpan(LiveUpdateAbi.DescriptorOffset), call.Offset == Reserved ? 1 : descriptor);
        if (HasName(call))
        {
            TortureWords.Name(round, call.Token).CopyTo(argument.AsSpan(LiveUpdateAbi.NameOffset));
        }
        else if (HasToken(call))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(argument.AsSpan(LiveUpdateAbi.TokenOffset), call.Token);
        }

        if (call.Offset == DirtyTail && call.Bytes > 0)
        {
            argument[call.Bytes - 1] = 1;
        }

        return argument;
    }
}
