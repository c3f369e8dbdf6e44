namespace GraphOrder.LiveUpdate;

/// <summary>What a jump carries from one kernel to the next.</summary>
internal static class Handover
{
    // What the damage of the count adds to it.
    private const int Miscount = 40;

    /// <summary>Gives the next kernel what the old one froze, as far as its memory is undamaged.</summary>
    public static void Carry(SimulatedKernel old, SimulatedKernel next)
    {
        List<(string Session, ulong Token, HandoverDamage Damage)> damages = [.. old.Faults.Damages];
        old.Faults.Damages.Clear();
        if (old.LoadsLegacyImage || damages.Exists(found => found.Damage == HandoverDamage.HandoverVersion))
        {
            return;
        }

        if (old.Outgoing.HasEmptyBlock || damages.Exists(found => found.Damage == HandoverDamage.ListVersion))
        {
            next.Panic();
            return;
        }

        bool isMiscounted = damages.Exists(found => found.Damage == HandoverDamage.UpdateNumber);
        next.UpdateNumber = old.UpdateNumber + 1 + (isMiscounted ? Miscount : 0);
        next.Flbs.Receive(old.Flbs.Outgoing);
        foreach (SimulatedSession session in old.Outgoing.Sessions)
        {
            next.Incoming.Receive(Carry(session, next));
        }

        foreach ((string session, ulong token, HandoverDamage damage) in damages)
        {
            Apply(next, session, token, damage);
        }

        next.Flbs.RetrieveAtBoot();
    }

    private static SimulatedSession Carry(SimulatedSession session, SimulatedKernel next)
    {
        SimulatedSession incoming = new(session.Key, session.Name, isIncoming: true);
        foreach (PreservedFile file in session.Files)
        {
            if (file.Record is MemfdRecord record)
            {
                record.Content.MoveTo(next.Memory);
            }

            incoming.Files.Add(new PreservedFile(file.Token, file.Handler) { Record = file.Record });
        }

        return incoming;
    }

    private static void Apply(SimulatedKernel next, string session, ulong token, HandoverDamage damage)
    {
        foreach (SimulatedSession incoming in next.Incoming.Sessions)
        {
            if (incoming.Name == session && incoming.Find(token)?.Record is MemfdRecord record)
            {
                Apply(record, damage);
            }
        }
    }

    private static void Apply(MemfdRecord record, HandoverDamage damage)
    {
        PageContent content = record.Content;
        switch (damage)
        {
            case HandoverDamage.UnknownSeals:
                record.Fault = Errno.NotSupported;
                break;
            case HandoverDamage.NoTable or HandoverDamage.WrongTableLength:
                record.Fault = Errno.Invalid;
                break;
            case HandoverDamage.UnpreservedPage:
                record.Fault = Errno.InputOutput;
                break;
            case HandoverDamage.MissingPage:
                content.Lose(content.FirstStored);
                break;
            case HandoverDamage.FewerPages:
                content.Lose(content.PageCount - 1);
                break;
            case HandoverDamage.LongerSize:
                content.Size += PageContent.PageBytes;
                break;
            default:
                // Bits that nobody reads, and what is no file's.
                break;
        }
    }
}
