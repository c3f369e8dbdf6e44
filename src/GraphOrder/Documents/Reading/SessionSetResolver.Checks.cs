namespace GraphOrder;

/// <content>What contradicts itself in what was read: places, carriers, tokens, acts.</content>
internal sealed partial class SessionSetResolver
{
    private void CheckPlaces()
    {
        for (int segment = 0; segment < _pending.Objects.SegmentCount; segment++)
        {
            foreach (ref readonly PendingObject found in _pending.Objects.Segment(segment))
            {
                if (!IsPlainFile(found))
                {
                    CheckAct(found);
                    CheckPlace(found);
                    CheckHasNoToken(found);
                }
            }
        }
    }

    private void CheckHasNoToken(in PendingObject found)
    {
        if (found.HasToken && !found.Session.IsThere && !found.IsAct)
        {
            Report(
                DiagnosticCode.WrongValue,
                found.TokenLocation,
                Fact("member", "token"),
                Fact("found", $"0x{found.Token:x}"),
                Fact("expected", "no token, since only an object with a session has one"));
        }
    }

    // A file of a session that is there, of a kind that is known: nothing can be wrong with its place.
    private bool IsPlainFile(in PendingObject found) =>
        found.Session.IsThere
        && !found.Carrier.IsThere
        && !found.IsAct
        && !found.SaysPhase
        && !found.SaysWhen
        && _sessionOf[found.Session.Name] >= 0;

    private void CheckPlace(in PendingObject found)
    {
        if (found.Session.IsThere && found.Carrier.IsThere)
        {
            Report(DiagnosticCode.SessionAndCarrier, found.Location, Fact("id", IdOf(found)));
        }
        else if (found.Session.IsThere)
        {
            _ = SessionIndex(found.Session);
        }
        else if (found.Carrier.IsThere)
        {
            CheckCarrier(found);
        }
        else if (!found.SaysPlace
            && !found.IsAct
            && found.Kind > 0
            && !KindOf(found).MayBeMovedByKernel)
        {
            ReportNoPlace(found);
        }
    }

    private void CheckAct(in PendingObject found)
    {
        string? rule = !found.IsAct
                ? found.Kind == 0 || !(found.SaysPhase || found.SaysWhen) ? null
                : "only an act has 'phase' and 'when'"
            : found.Carrier.IsThere ? "an act is within nothing; it has a session and a phase"
            : found.HasToken ? "an act has no token, since it is no file"
            : null;
        if (rule is not null)
        {
            Report(DiagnosticCode.InvalidAct, found.Location, Fact("id", IdOf(found)), Fact("rule", rule));
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

    private void ReportMissing(in PendingObject act, string member) => Report(
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

    private void ReportNoPlace(in PendingObject found)
    {
        DiagnosticFact[] facts = [Fact("id", IdOf(found)), Fact("kind", KindOf(found).Name)];
        if (KindOf(found) == ObjectKind.DmaBuf)
        {
            facts = [.. facts, Fact("note", "A dma-buf cannot be preserved by itself.")];
        }

        Report(DiagnosticCode.NoPlace, found.Location, facts);
    }

    private void CheckCarrier(in PendingObject found)
    {
        int carrier = ObjectIndex(found.Carrier);
        if (carrier >= 0 && (!_pending.Objects[carrier].Session.IsThere || _pending.Objects[carrier].IsAct))
        {
            Report(
                DiagnosticCode.InvalidCarrier,
                found.Carrier.Location,
                Fact("id", IdOf(found)),
                Fact("within", Text(found.Carrier.Name)));
        }
    }

    // Where the tokens of each session rise, and mostly they do, none stands twice.
    private void CheckTokens()
    {
        ulong[] nextMin = new ulong[_pending.SessionNames.Count];
        for (int segment = 0; segment < _pending.Objects.SegmentCount; segment++)
        {
            foreach (ref readonly PendingObject found in _pending.Objects.Segment(segment))
            {
                if (!HoldsToken(found))
                {
                    continue;
                }

                ulong token = found.Token!.Value;
                ref ulong min = ref nextMin[found.Session.Name];
                if (token < min || token == ulong.MaxValue)
                {
                    FindDoubleTokens();
                    return;
                }

                min = token + 1;
            }
        }
    }

    private void FindDoubleTokens()
    {
        Dictionary<(int Session, ulong Token), int> taken = [];
        for (int i = 0; i < _pending.Objects.Count; i++)
        {
            ref readonly PendingObject found = ref _pending.Objects[i];
            if (HoldsToken(found) && !taken.TryAdd((found.Session.Name, found.Token!.Value), i))
            {
                ref readonly PendingObject first =
                    ref _pending.Objects[taken[(found.Session.Name, found.Token.Value)]];
                Report(
                    DiagnosticCode.DuplicateToken,
                    found.TokenLocation,
                    Fact("id", IdOf(found)),
                    Fact("other", IdOf(first)),
                    Fact("token", $"0x{found.Token:x}"),
                    Fact("session", SessionText(found.Session.Name)));
            }
        }
    }

    private static bool HoldsToken(in PendingObject found) =>
        found.HasToken && found.Session.IsThere && !found.IsAct;

    private ObjectKind KindOf(in PendingObject found) => _pending.Kinds[found.Kind];

    private string IdOf(in PendingObject found) => found.Name >= 0 ? Text(found.Name) : "";
}
