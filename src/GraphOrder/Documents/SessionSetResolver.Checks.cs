namespace GraphOrder;

/// <content>What contradicts itself in what was read: places, carriers, tokens, acts.</content>
internal sealed partial class SessionSetResolver
{
    private void CheckPlaces()
    {
        foreach (PendingObject found in _pending.Objects)
        {
            string id = found.Name >= 0 ? Text(found.Name) : "";
            CheckAct(found, id);
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
            else if (!found.SaysPlace
                && !found.IsAct
                && found.Kind.Name.Length > 0
                && !found.Kind.MayBeMovedByKernel)
            {
                ReportNoPlace(found, id);
            }

            if (found.Token is not null && !found.Session.IsThere && !found.IsAct)
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

    private void CheckAct(PendingObject found, string id)
    {
        string? rule = !found.IsAct
                ? found.Kind.Name.Length == 0 || !(found.SaysPhase || found.SaysWhen) ? null
                : "only an act has 'phase' and 'when'"
            : found.Carrier.IsThere ? "an act is within nothing; it has a session and a phase"
            : found.Token is not null ? "an act has no token, since it is no file"
            : null;
        if (rule is not null)
        {
            Report(DiagnosticCode.InvalidAct, found.Location, Fact("id", id), Fact("rule", rule));
        }

        if (found.IsAct && !found.Session.IsThere && !found.Carrier.IsThere)
        {
            ReportMissing(found, "session");
        }

        if (found.IsAct && !found.SaysPhase)
        {
            ReportMissing(found, "phase");
        }
    }

    private void ReportMissing(PendingObject act, string member) => Report(
        DiagnosticCode.MissingMember, act.Location, Fact("member", member), Fact("what", "an act"));

    private BlackoutActs? Blackout(PendingSession session, int index)
    {
        if (session.Blackout is not { } mentions)
        {
            return null;
        }

        int[] acts = [.. mentions.Select(ObjectIndex)];
        if (Array.IndexOf(acts, -1) >= 0)
        {
            return null;
        }

        string? rule = acts.Length != 2 ? "it takes two acts, a pause and a resume"
            : !Array.TrueForAll(acts, act => _pending.Objects[act].IsAct) ? "it takes two acts"
            : !Array.TrueForAll(acts, act => _pending.Objects[act].Session is { IsThere: true } own
                && _sessionOf[own.Name] == index) ? "both acts are of that session"
            : _pending.Objects[acts[0]].ActPhase is not (null or Phase.Preserve or Phase.Freeze)
                ? "the pause is in preserve, or in freeze where a model lets it"
            : _pending.Objects[acts[1]].ActPhase is { } phase && !phase.IsInNewKernel()
                ? "the resume is in retrieve or finish"
            : null;
        if (rule is null)
        {
            return new BlackoutActs(new ObjectId(acts[0]), new ObjectId(acts[1]));
        }

        Report(
            DiagnosticCode.InvalidBlackout,
            session.Location,
            Fact("session", SessionOrEmpty(session)),
            Fact("rule", rule));
        return null;
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
        if (carrier >= 0 && (!_pending.Objects[carrier].Session.IsThere || _pending.Objects[carrier].IsAct))
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
            if (found.Token is { } token && found.Session.IsThere && !found.IsAct
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
