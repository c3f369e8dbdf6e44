namespace GraphOrder;

/// <summary>
/// Gives each file without a token the smallest one that is unused in its session, from 1 up.
/// </summary>
internal static class TokenAssignment
{
    /// <summary>The tokens of all objects, by id; 0 where an object is no file.</summary>
    public static ulong[] Assign(SessionSet set, out int assigned)
    {
        ulong[] tokens = new ulong[set.Objects.Length];
        HashSet<(int Session, ulong Token)> taken = [];
        assigned = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            PreservedObject file = set.Objects[i];
            if (file.Session is not { } session)
            {
                continue;
            }

            if (file.DeclaredToken is { } token)
            {
                tokens[i] = token;
                taken.Add((session.Index, token));
            }
            else
            {
                assigned++;
            }
        }

        if (assigned > 0)
        {
            Fill(set, tokens, taken);
        }

        return tokens;
    }

    private static void Fill(SessionSet set, ulong[] tokens, HashSet<(int Session, ulong Token)> taken)
    {
        ulong[] next = new ulong[set.Sessions.Length];
        Array.Fill(next, 1UL);
        for (int i = 0; i < tokens.Length; i++)
        {
            PreservedObject file = set.Objects[i];
            if (file.Session is not { } session || file.DeclaredToken is not null)
            {
                continue;
            }

            while (taken.Contains((session.Index, next[session.Index])))
            {
                next[session.Index]++;
            }

            tokens[i] = next[session.Index]++;
        }
    }
}
