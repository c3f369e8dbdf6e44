using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;

namespace GraphOrder.Extensions;

/// <summary>Who is at the other end of a Unix socket, as the kernel says it (unix(7), SO_PEERCRED).</summary>
internal static class PeerUser
{
    /// <summary>The user who may do anything.</summary>
    public const uint Root = 0;

    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;
    private const int UserOffset = 4;
    private const int CredentialBytes = 12;

    /// <summary>The user who connected, as he was when he did; null where the kernel does not say.</summary>
    public static uint? Of(Socket connection)
    {
        Span<byte> credentials = stackalloc byte[CredentialBytes];
        int length = connection.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return length == CredentialBytes
            ? BitConverter.IsLittleEndian
                ? BinaryPrimitives.ReadUInt32LittleEndian(credentials[UserOffset..])
                : BinaryPrimitives.ReadUInt32BigEndian(credentials[UserOffset..])
            : null;
    }

    /// <summary>The user as whom this process acts (proc(5): the second number of Uid).</summary>
    /// <exception cref="IOException">The kernel does not say.</exception>
    public static uint OfThisProcess()
    {
        foreach (string line in File.ReadLines("/proc/self/status"))
        {
            string[] words = line.Split('\t');
            if (words[0] == "Uid:"
                && words.Length > 2
                && uint.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint user))
            {
                return user;
            }
        }

        throw new IOException("/proc/self/status does not say as which user this process runs.");
    }
}
