namespace GraphOrder;

/// <summary>
/// The canonical order of retrieving: session by session, so that the first guest does not wait for the last.
/// Sessions go by their own waves; those that need one another are taken together, file by file in waves.
/// </summary>
internal static class RetrieveOrder
{
    /// <summary>Files and acts in that order, as vertices. O(V + E + V log V).</summary>
    /// <param name="sessionCount">How many sessions there are.</param>
    /// <param name="sessionOf">The session of each file and act.</param>
    /// <param name="files">What the order must respect; null where nothing connects sessions.</param>
    /// <param name="sorted">Files and acts by wave.</param>
    /// <param name="cancellation">Checked at least once for each 4,096 sessions.</param>
    public static int[] Of(
        int sessionCount,
        int[] sessionOf,
        PrecedenceGraph? files,
        int[] sorted,
        CancellationToken cancellation)
    {
        PrecedenceGraph sessions = files is null
            ? new(sessionCount)
            : Quotient(sessionCount, sessionOf, files);
        int[] groups = Groups(sessionCount, sessions, cancellation);
        // Stable by counting: inside a group the order by wave and position stays.
        int[] firstOfGroup = new int[sessionCount + 1];
        foreach (int file in sorted)
        {
            firstOfGroup[groups[sessionOf[file]] + 1]++;
        }

        for (int group = 0; group < sessionCount; group++)
        {
            firstOfGroup[group + 1] += firstOfGroup[group];
        }

        int[] order = new int[sorted.Length];
        foreach (int file in sorted)
        {
            order[firstOfGroup[groups[sessionOf[file]]]++] = file;
        }

        return order;
    }

    // Files and acts become their sessions; what connects them connects sessions.
    private static PrecedenceGraph Quotient(int sessionCount, int[] sessionOf, PrecedenceGraph files)
    {
        PrecedenceGraph sessions = new(sessionCount);
        int[] connectors = new int[files.VertexCount - files.StepCount];
        for (int i = 0; i < connectors.Length; i++)
        {
            connectors[i] = sessions.AddConnector();
        }

        for (int arc = 0; arc < files.ArcCount; arc++)
        {
            int first = files.Firsts[arc];
            int then = files.Thens[arc];
            sessions.AddArc(
                files.IsStep(first) ? sessionOf[first] : connectors[first - files.StepCount],
                files.IsStep(then) ? sessionOf[then] : connectors[then - files.StepCount],
                files.Labels[arc]);
        }

        return sessions;
    }

    /// <summary>
    /// For each session its place among the groups of sessions that are retrieved together.
    /// </summary>
    private static int[] Groups(int sessionCount, PrecedenceGraph sessions, CancellationToken cancellation)
    {
        PrecedenceOrder order = PrecedenceOrder.Of(sessions, cancellation);
        int[] groupOf = new int[sessions.VertexCount];
        for (int vertex = 0; vertex < groupOf.Length; vertex++)
        {
            groupOf[vertex] = vertex;
        }

        if (!order.IsPossible)
        {
            foreach (int[] component in order.Contradictions)
            {
                foreach (int vertex in component)
                {
                    groupOf[vertex] = component[0];
                }
            }

            order = PrecedenceOrder.Of(Condensed(sessions, groupOf), cancellation);
        }

        int[] places = new int[sessionCount];
        int[] sorted = order.Sorted(sessionCount);
        for (int place = 0; place < sorted.Length; place++)
        {
            places[sorted[place]] = place;
        }

        int[] groups = new int[sessionCount];
        for (int session = 0; session < sessionCount; session++)
        {
            groups[session] = places[groupOf[session]];
        }

        return groups;
    }

    private static PrecedenceGraph Condensed(PrecedenceGraph sessions, int[] groupOf)
    {
        PrecedenceGraph condensed = new(sessions.StepCount);
        for (int i = sessions.StepCount; i < sessions.VertexCount; i++)
        {
            condensed.AddConnector();
        }

        for (int arc = 0; arc < sessions.ArcCount; arc++)
        {
            condensed.AddArc(
                groupOf[sessions.Firsts[arc]], groupOf[sessions.Thens[arc]], sessions.Labels[arc]);
        }

        return condensed;
    }
}
