namespace GraphOrder.Reports;

/// <summary>
/// Steps that follow one another: shown one by one, or folded since they are as earlier ones.
/// </summary>
/// <param name="First">The first number.</param>
/// <param name="Last">The last number.</param>
/// <param name="AsFirst">The first number of what they are as; 0 where they are shown one by one.</param>
/// <param name="AsLast">The last number of what they are as.</param>
internal readonly record struct StepBlock(int First, int Last, int AsFirst = 0, int AsLast = 0)
{
    /// <summary>Whether the steps are as earlier ones.</summary>
    public bool IsFolded => AsFirst > 0;

    /// <summary>How many sessions play the same part.</summary>
    public int SessionCount => (Last - First + 1) / (AsLast - AsFirst + 1);
}

/// <summary>
/// Folds equal sessions: consecutive steps of one session that are the same as those of the session before,
/// up to its name, are told once.
/// </summary>
/// <remarks>Each role is made at most twice: O(steps) time, O(steps of a session) space.</remarks>
internal static class StepFolding
{
    /// <summary>The blocks of a range of steps, in order.</summary>
    /// <param name="run">The steps.</param>
    /// <param name="rows">Their roles.</param>
    /// <param name="first">The first number.</param>
    /// <param name="last">The last number.</param>
    public static IEnumerable<StepBlock> Of(RunSteps run, StepRows rows, int first, int last)
    {
        for (int start = first; start <= last;)
        {
            int end = EndOfSession(run, start, last);
            yield return new StepBlock(start, end);
            int length = end - start + 1;
            int next = end + 1;
            string?[] roles = new string?[length];
            while (next + length - 1 <= last && IsAs(run, rows, roles, start, next, last))
            {
                next += length;
            }

            // One step on a line of its own says more than one line that points elsewhere.
            if (next - end - 1 >= 2)
            {
                yield return new StepBlock(end + 1, next - 1, start, end);
            }
            else if (next > end + 1)
            {
                yield return new StepBlock(end + 1, next - 1);
            }

            start = next;
        }
    }

    // The roles of the known steps are made when they are first compared, and kept for the sessions that
    // follow.
    private static bool IsAs(RunSteps run, StepRows rows, string?[] roles, int known, int candidate, int last)
    {
        int length = roles.Length;
        if (EndOfSession(run, candidate, Math.Min(last, candidate + length)) != candidate + length - 1)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            roles[i] ??= rows.RoleOf(known + i);
            if (roles[i] != rows.RoleOf(candidate + i))
            {
                return false;
            }
        }

        return true;
    }

    private static int EndOfSession(RunSteps run, int start, int last)
    {
        SessionId? session = run[start].Session;
        bool opensSession = run[start].Verb == StepVerb.RetrieveSession;
        int end = start;
        while (end < last
            && run[end + 1].Session == session
            && (run[end + 1].Verb == run[start].Verb || opensSession)
            && run[end + 1].Verb != StepVerb.RetrieveSession)
        {
            end++;
        }

        return end;
    }
}
