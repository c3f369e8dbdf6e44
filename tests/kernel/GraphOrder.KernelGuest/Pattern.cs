using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>
/// Content of a memfd that a number gives: byte i is (P + 7 i + 13 (i >> 12)) mod 256, so that each page has
/// another one, and each memfd too.
/// </summary>
internal static class Pattern
{
    private const int PageLg2 = 12;

    /// <summary>Fills a memfd.</summary>
    public static void Fill(ISystemCalls calls, int descriptor, int bytes, int pattern)
    {
        byte[] content = Content(bytes, pattern);
        if (calls.WriteAt(descriptor, content, 0) is var done && done.Value != bytes)
        {
            throw new IOException($"A memfd of {bytes} bytes cannot be filled: {done}.");
        }
    }

    /// <summary>Bytes of a memfd that are not as they should be; all where it has another size.</summary>
    public static int WrongBytes(ISystemCalls calls, int descriptor, int bytes, int pattern)
    {
        byte[] expected = Content(bytes, pattern);
        byte[] seen = new byte[bytes];
        _ = calls.Status(descriptor, out FileStatus status);
        if (status.Bytes != bytes || calls.ReadAt(descriptor, seen, 0).Value != bytes)
        {
            return bytes;
        }

        int wrong = 0;
        for (int i = 0; i < bytes; i++)
        {
            wrong += seen[i] == expected[i] ? 0 : 1;
        }

        return wrong;
    }

    private static byte[] Content(int bytes, int pattern)
    {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++)
        {
            content[i] = (byte)((pattern + (7 * i) + (13 * (i >> PageLg2))) & 0xFF);
        }

        return content;
    }
}
