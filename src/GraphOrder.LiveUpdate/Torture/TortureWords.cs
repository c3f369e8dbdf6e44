using System.Globalization;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>The paths, requests and names that random sequences choose from.</summary>
internal static class TortureWords
{
    /// <summary>Bytes of every structure that is handed over; size fields go up to it.</summary>
    public const int ArgumentBytes = 1024;

    /// <summary>A descriptor number that nobody has open.</summary>
    public const int NoDescriptor = 1_000_000;

    /// <summary>Of <see cref="Name"/>: the first one that is not an ordinary name.</summary>
    public const int OddNames = 4;

    /// <summary>How many names there are.</summary>
    public const int NameCount = 8;

    /// <summary>Of <see cref="Paths"/>: a file with a name on the tmpfs.</summary>
    public const int NamedFile = 4;

    /// <summary>Paths to open.</summary>
    public static readonly string[] Paths =
        [LiveUpdateAbi.DevicePath, "/dev/null", "/tmp", "/tmp/none/such", "/tmp/graph-order-torture"];

    /// <summary>Requests: the six of a live update, and neighbours that are none.</summary>
    public static readonly uint[] Requests =
    [
        LiveUpdateAbi.CreateSession, LiveUpdateAbi.RetrieveSession, LiveUpdateAbi.PreserveFile,
        LiveUpdateAbi.RetrieveFile, LiveUpdateAbi.Finish, LiveUpdateAbi.GetName,
        0xBA02, 0xBA3F, 0xBA44, 0xBAFF, 0xBB00, 0xBB40, 0xC048BA00, 0xC010BA40, 0x0001BA43, 0x5401,
    ];

    /// <summary>The least bytes of each of the first six.</summary>
    public static readonly int[] RequestBytes =
    [
        LiveUpdateAbi.NameArgumentBytes, LiveUpdateAbi.NameArgumentBytes, LiveUpdateAbi.FileArgumentBytes,
        LiveUpdateAbi.FileArgumentBytes, LiveUpdateAbi.FinishArgumentBytes, LiveUpdateAbi.NameArgumentBytes,
    ];

    /// <summary>Tokens.</summary>
    public static readonly ulong[] Tokens = [0, 1, 2, 3, 0x8000000000000000, ulong.MaxValue];

    /// <summary>
    /// The name of a session in a round, 64 bytes at most: one with all 64 has no NUL at its end. Rounds have
    /// names of their own, since what nobody retrieves stays until the kernel after next.
    /// </summary>
    public static byte[] Name(int round, ulong pick) => pick switch
    {
        < OddNames => Text($"torture-{round}-{pick}"),
        4 => [],
        5 => Text($"torture-{round}-{new string('x', 64)}")[..63],
        6 => Text($"torture-{round}-{new string('y', 64)}")[..64],
        _ => [.. Text($"a/b \n-{round}-"), 0xFF, 0x01],
    };

    private static byte[] Text(FormattableString text) =>
        Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture));
}
