using System.Text;
using GraphOrder.Benchmarks.Live;

namespace GraphOrder.Benchmarks.Serving;

/// <summary>Requests about a guest of 40 objects and 100 dependencies, and what it needs of a host.</summary>
internal static class GuestRequests
{
    /// <summary>Asks for the plan of the growing graph.</summary>
    public static byte[] Kept { get; } = Encoding.UTF8.GetBytes("{\"request\":\"plan\"}\n");

    /// <summary>The set, on one line.</summary>
    public static string Set { get; } = MakeSet();

    /// <summary>Asks for the plan of the set.</summary>
    public static byte[] Plan { get; } = Encoding.UTF8.GetBytes($"{{\"request\":\"plan\",\"set\":{Set}}}\n");

    /// <summary>Enters the set into the growing graph.</summary>
    public static byte[] Declare { get; } =
        Encoding.UTF8.GetBytes($"{{\"request\":\"declare\",\"set\":{Set}}}\n");

    private static string MakeSet()
    {
        using MemoryStream written = new();
        SessionSetWriter.Write(written, new HostOfVms(1).Live.Snapshot().Set);
        string[] lines = Encoding.UTF8.GetString(written.ToArray()).Split('\n');
        return string.Concat(lines.Select(static line => line.TrimStart(' ')));
    }
}
