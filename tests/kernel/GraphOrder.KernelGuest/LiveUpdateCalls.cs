using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>Calls of a live update that must not fail here; a failure throws and names the call.</summary>
internal static class LiveUpdateCalls
{
    public static int OpenDevice(ISystemCalls calls) => Demand(calls.OpenDevice(), "open the device");

    public static int CreateSession(ISystemCalls calls, int device, string name) =>
        Demand(calls.CreateSession(device, new SessionName(name)), $"make session {name}");

    public static int RetrieveSession(ISystemCalls calls, int device, string name) =>
        Demand(calls.RetrieveSession(device, new SessionName(name)), $"make session {name}");

    /// <summary>Makes sessions in the first kernel, in a later one takes those that came over.</summary>
    public static List<(string Name, int Descriptor)> OpenSessions(
        ISystemCalls calls, string[] names, bool isFirst)
    {
        int device = OpenDevice(calls);
        List<(string Name, int Descriptor)> sessions = [];
        foreach (string name in names)
        {
            sessions.Add((name, isFirst
                ? CreateSession(calls, device, name) : RetrieveSession(calls, device, name)));
        }

        _ = calls.Close(device);
        return sessions;
    }

    /// <summary>The value of a call that must not fail here.</summary>
    public static int Demand(CallResult result, string what) => result.IsDone
        ? result.Descriptor
        : throw new InvalidOperationException($"Cannot {what}: {result}.");
}
