using System.Globalization;

namespace GraphOrder.LiveUpdate;

/// <summary>Calls an update off whose sessions somebody else holds, in the plan's close order.</summary>
public static class CallingOff
{
    /// <summary>Closes one session after another; what is closed already is passed over.</summary>
    /// <param name="plan">The update.</param>
    /// <param name="known">The journal so far.</param>
    /// <param name="journal">Where it says what was closed.</param>
    /// <param name="holders">Who holds sessions, read back after each.</param>
    /// <param name="close">
    /// Asks the holder to close a session; what it returns is why it did not. Null where nobody can be asked.
    /// </param>
    /// <param name="acts">Does acts of unpreserve; null where nobody does.</param>
    /// <returns>Null where all are closed, else which is not, and why.</returns>
    public static string? Run(
        UpdatePlan plan,
        Journal known,
        JournalWriter journal,
        ISessionHolders holders,
        Func<string, string?>? close,
        IActRunner? acts)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(holders);
        string? stuck = null;
        CloseOrder.Run(
            plan,
            act => stuck is not null ? null : acts?.Run(
                plan.Set.NameOf(act), plan.Set.NameOf(plan.Graph[act].Act!.Session), Phase.Unpreserve),
            session => stuck ??= Close(plan.Set.NameOf(session)));
        stuck ??= Close(MemoryJournalStore.SessionText);
        if (stuck is null)
        {
            journal.Over(isDone: false);
        }

        return stuck;

        string? Close(string name)
        {
            if (known.Closed.Contains(name))
            {
                return null;
            }

            string? refused = Holder(name) is null ? null : close?.Invoke(name);
            if (refused is not null)
            {
                return $"session {name} is not closed: {refused}";
            }

            if (Holder(name) is { } holder)
            {
                string process = holder.Process.ToString(CultureInfo.InvariantCulture);
                return $"session {name} is still held by process {process} ({holder.Command}); "
                    + "close it there";
            }

            journal.Closed(name);
            return null;
        }

        HeldSession? Holder(string name)
        {
            foreach (HeldSession held in holders.Find())
            {
                if (held.Session == name)
                {
                    return held;
                }
            }

            return null;
        }
    }
}
