namespace GraphOrder.LiveUpdate;

/// <summary>
/// Comes by an incoming session: from the device, or, where somebody took it already, from him.
/// </summary>
internal static class SessionFinder
{
    /// <summary>A descriptor of it.</summary>
    public static CallResult Open(RunContext context, SessionName name)
    {
        if (context.Descriptors.Device >= 0
            && context.Calls.RetrieveSession(context.Descriptors.Device, name) is var asked
            && (asked.IsDone || asked.Error != Errno.Invalid))
        {
            return asked;
        }

        foreach (HeldSession held in context.Holders?.Find() ?? [])
        {
            if (held.Session == name.Text)
            {
                return context.Holders!.Take(held);
            }
        }

        return CallResult.Failed(context.Descriptors.Device >= 0 ? Errno.Invalid : Errno.NoEntry);
    }
}
