using System.Diagnostics;
using System.Globalization;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>
/// What a call costs through <c>LinuxCalls</c> beside a loop in C, in alternating rounds.
/// </summary>
internal static class CostMode
{
    private const string LoopPath = "/get-name";
    private const int RoundCount = 21;
    private const int CallCount = 10_000;

    public static void Run()
    {
        LinuxCalls calls = new();
        int device = LiveUpdateCalls.OpenDevice(calls);
        int session = LiveUpdateCalls.CreateSession(calls, device, "cost");
        _ = calls.Close(device);
        for (int round = 0; round < RoundCount; round++)
        {
            Serial.Say(Figure("ours", GetNames(calls, session)));
            using Process loop = Process.Start(new ProcessStartInfo(LoopPath, [Text(CallCount)])
            {
                RedirectStandardOutput = true,
            })!;
            string said = loop.StandardOutput.ReadToEnd().Trim();
            loop.WaitForExit();
            Serial.Say($"raw {said}");
        }
    }

    private static double GetNames(LinuxCalls calls, int session)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateAbi.NameArgumentBytes];
        argument.Clear();
        argument[0] = LiveUpdateAbi.NameArgumentBytes;
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < CallCount; i++)
        {
            if (!calls.Control(session, LiveUpdateAbi.GetName, argument).IsDone)
            {
                throw new InvalidOperationException("GET_NAME fails.");
            }
        }

        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / CallCount;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Figure(string name, double microseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} {microseconds:F3}");
}
