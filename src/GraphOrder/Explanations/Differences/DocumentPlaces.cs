namespace GraphOrder;

/// <summary>Where two sets name the same things.</summary>
internal sealed class DocumentPlaces(SessionSet first, SessionSet second)
{
    private bool? _haveSameObjects;

    /// <summary>Whether both have the same objects and sessions, and each object in the same place.</summary>
    public bool HaveSameObjects => _haveSameObjects ??= Compare();

    /// <summary>
    /// Whether the second names two things the other way round than the first, or their sessions.
    /// </summary>
    public bool AreTurned(StepName step, StepName other)
    {
        if (step.Kind == StepKind.Everything || other.Kind == StepKind.Everything)
        {
            return false;
        }

        (int session, int place) = PlaceOf(first, step);
        (int otherSession, int otherPlace) = PlaceOf(first, other);
        (int nextSession, int nextPlace) = PlaceOf(second, step);
        (int nextOtherSession, int nextOtherPlace) = PlaceOf(second, other);
        return place < otherPlace != nextPlace < nextOtherPlace
            || session < otherSession != nextSession < nextOtherSession;
    }

    private static (int Session, int Place) PlaceOf(SessionSet set, StepName step)
    {
        if (step.Kind == StepKind.Session)
        {
            return set.TryFindSession(step.Name, out SessionId session) ? (session.Index, 0) : (-1, 0);
        }

        return set.TryFind(step.Name, out ObjectId id)
            ? ((set.SessionOf(id) ?? set.Objects[id.Index].Act?.Session)?.Index ?? -1, id.Index)
            : (-1, -1);
    }

    private bool Compare()
    {
        if (first.Objects.Length != second.Objects.Length
            || first.Sessions.Length != second.Sessions.Length
            || !new EndMap(first, second).IsWhole)
        {
            return false;
        }

        for (int i = 0; i < first.Objects.Length; i++)
        {
            ObjectId id = new(i);
            second.Ids.TryFind(first.Utf8NameOf(id), out int other);
            if (HomeOf(first, id) != HomeOf(second, new ObjectId(other)))
            {
                return false;
            }
        }

        return true;
    }

    private static (string? Session, string? Carrier) HomeOf(SessionSet set, ObjectId id)
    {
        PreservedObject found = set.Objects[id.Index];
        SessionId? session = found.Session ?? found.Act?.Session;
        return (
            session is { } home ? set.NameOf(home) : null,
            found.Carrier is { } carrier ? set.NameOf(carrier) : null);
    }
}
