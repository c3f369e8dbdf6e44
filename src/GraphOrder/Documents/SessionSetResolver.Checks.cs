namespace GraphOrder;

/// <content>What contradicts itself in what was read: places, carriers, tokens.</content>
internal sealed partial class SessionSetResolver
{
    private void CheckPlaces()
    {
        foreach (PendingObject found in _pending.Objects)
        {
            string id = found.Name >= 0 ? Text(found.Name) : "";
            if (found.Session.IsThere && found.Carrier.IsThere)
            {
                Report(DiagnosticCode.SessionAndCarrier, found.Location, Fact("id", id));
            }
            else if (found.Session.IsThere)
            {
                _ = SessionIndex(found.Session);
            }
            else if (found.Carrier.IsThere)
            {
                CheckCarrier(found, id);
            }
            else if (!found.SaysPlace && found.Kind.Name.Length > 0 && !found.Kind.MayBeMovedByKernel)
            {
                ReportNoPlace(found, id);
            }

            if (found.Token is not null && !found.Session.IsThere)
            {
                Report(
                    DiagnosticCode.WrongValue,
                    found.TokenLocation,
                    Fact("member", "token"),
                    Fact("found", $"0x{found.Token:x}"),
                    Fact("expected", "no token, since only an object with a session has one"));
            }
        }
    }

    private void ReportNoPlace(PendingObject found, string id)
    {
        DiagnosticFact[] facts = [Fact("id", id), Fact("kind", found.Kind.Name)];
        if (found.Kind == ObjectKind.DmaBuf)
        {
            facts = [.. facts, Fact("note", "A dma-buf cannot be preserved by itself.")];
        }

        Report(DiagnosticCode.NoPlace, found.Location, facts);
    }

    private void CheckCarrier(PendingObject found, string id)
    {
        int carrier = ObjectIndex(found.Carrier);
        if (carrier >= 0 && !_pending.Objects[carrier].Session.IsThere)
        {
            Report(
                DiagnosticCode.InvalidCarrier,
                found.Carrier.Location,
                Fact("id", id),
                Fact("within", Text(found.Carrier.Name)));
        }
    }

    private void CheckTokens()
    {
        Dictionary<(int Session, ulong Token), PendingObject> taken = [];
        foreach (PendingObject found in _pending.Objects)
        {
            if (found.Token is { } token && found.Session.IsThere
                && !taken.TryAdd((found.Session.Name, token), found))
            {
                PendingObject first = taken[(found.Session.Name, token)];
                Report(
                    DiagnosticCode.DuplicateToken,
                    found.TokenLocation,
                    Fact("id", found.Name >= 0 ? Text(found.Name) : ""),
                    Fact("other", first.Name >= 0 ? Text(first.Name) : ""),
                    Fact("token", $"0x{token:x}"),
                    Fact("session", SessionText(found.Session.Name)));
            }
        }
    }
}
