using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>Whether this is a kernel that the other modes can work with.</summary>
internal static class LookMode
{
    public static void Run()
    {
        Serial.Say($"release {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}");
        LinuxCalls calls = new();
        CallResult device = calls.OpenDevice();
        Serial.Say($"device {(device.IsDone ? "opens" : device)}");
        Serial.Say($"folder {string.Join(' ', Directory.GetFileSystemEntries("/").Order(StringComparer.Ordinal))}");
    }
}
