using System.Net.Sockets;

namespace GraphOrder.Extensions;

/// <summary>
/// A Unix stream socket on which clients are waited for: one of its own, or one that systemd hands over.
/// </summary>
/// <remarks>
/// The file gets its mode between bind and listen. Before listen nobody can connect, so there is no moment in
/// which the mode that the umask gave would count; and whoever connects is asked who he is all the same.
/// A file at the path is replaced where it is a socket and nobody listens on it, and never where it is
/// anything else: no socket can be opened as a file (ENXIO), everything else can or may not be looked at.
/// </remarks>
internal sealed class ListeningSocket : IDisposable
{
    private const int Backlog = 512;
    private const int NoSuchDeviceOrAddress = 6;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly string? _path;
    private readonly DateTime _bound;

    private ListeningSocket(Socket socket, string? path, DateTime bound)
    {
        Socket = socket;
        _path = path;
        _bound = bound;
    }

    /// <summary>The socket.</summary>
    public Socket Socket { get; }

    /// <summary>How logs call it.</summary>
    public string Name => _path ?? "a socket that was handed over";

    /// <summary>Listens at a path.</summary>
    /// <param name="path">The path, which is a stale socket or nothing.</param>
    /// <param name="forEverybody">Whether other users may connect; else the owner alone.</param>
    /// <exception cref="ServingException">It cannot.</exception>
    public static ListeningSocket At(string path, bool forEverybody)
    {
        UnixDomainSocketEndPoint place = PlaceOf(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new ServingException(
                $"'{path}' cannot be listened on: there is no folder '{folder}'. Create it first.");
        }

        RemoveStale(path, place);
        Socket socket = NewSocket();
        try
        {
            socket.Bind(place);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, forEverybody ? Everybody : OwnerOnly);
            }

            DateTime bound = File.GetLastWriteTimeUtc(path);
            socket.Listen(Backlog);
            return new ListeningSocket(socket, path, bound);
        }
        catch (Exception failed) when (failed is SocketException or IOException
            or UnauthorizedAccessException)
        {
            socket.SafeHandle.Dispose();
            throw new ServingException(
                $"'{path}' cannot be listened on: {failed.Message.TrimEnd('.')}. Name a path in a folder of "
                + "your own.",
                failed);
        }
    }

    /// <summary>Takes a socket that listens already.</summary>
    /// <param name="descriptor">Its number in this process.</param>
    /// <exception cref="ServingException">It is no Unix socket.</exception>
    public static ListeningSocket Inherited(int descriptor)
    {
        try
        {
            Socket socket = new(new SafeSocketHandle(descriptor, ownsHandle: true));
            if (socket.AddressFamily == AddressFamily.Unix && socket.SocketType == SocketType.Stream)
            {
                return new ListeningSocket(socket, path: null, default);
            }

            throw new ServingException(
                $"Descriptor {descriptor} is no Unix stream socket. Use ListenStream= with a path.");
        }
        catch (SocketException failed)
        {
            throw new ServingException(
                $"Descriptor {descriptor} is no socket: {failed.Message} Use a socket unit with "
                + "ListenStream=.",
                failed);
        }
    }

    /// <summary>
    /// Ends listening. The file goes where it is still the one that was made here; closing the descriptor
    /// alone leaves what somebody else has put there.
    /// </summary>
    public void Dispose()
    {
        Socket.SafeHandle.Dispose();
#pragma warning disable CA1816 // The socket's own finalizer removes the path, whoever is there by then.
        GC.SuppressFinalize(Socket);
#pragma warning restore CA1816
        try
        {
            if (_path is not null && File.Exists(_path) && File.GetLastWriteTimeUtc(_path) == _bound)
            {
                File.Delete(_path);
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // Whoever comes next finds a stale socket, and replaces it.
        }
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static UnixDomainSocketEndPoint PlaceOf(string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentException failed)
        {
            throw new ServingException(
                $"'{path}' is no path of a socket: it has 1 to 107 bytes. Choose a shorter one.", failed);
        }
    }

    private static void RemoveStale(string path, UnixDomainSocketEndPoint place)
    {
        FileInfo known = new(path);
        if (known.LinkTarget is not null || Directory.Exists(path) || (known.Exists && !IsSocket(path)))
        {
            throw new ServingException(
                $"'{path}' is there and is no socket. Name another path, or remove it yourself.");
        }

        if (!known.Exists)
        {
            return;
        }

        using Socket probe = NewSocket();
        try
        {
            probe.Connect(place);
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }
        catch (SocketException unclear)
        {
            throw new ServingException(
                $"'{path}' is a socket, and whether anybody listens cannot be seen: {unclear.Message} Name "
                + "another path.",
                unclear);
        }

        throw new ServingException($"Somebody listens on '{path}'. Stop that server, or name another path.");
    }

    private static bool IsSocket(string path)
    {
        try
        {
            using FileStream opened = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
            return false;
        }
        catch (IOException failed)
        {
            return failed.HResult == NoSuchDeviceOrAddress;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
