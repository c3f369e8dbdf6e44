namespace GraphOrder;

/// <summary>
/// Gives each file without a token the smallest one that is unused in its session, from 1 up.
/// </summary>
internal static class TokenAssignment
{
    /// <summary>The tokens of all objects, by id; 0 where an object is no file.</summary>
    public static ulong[] Assign(SessionSet set, out int assigned)
    {
        ReadOnlySpan<PreservedObject> objects = set.Objects.AsSpan();
        ulong[] tokens = new ulong[objects.Length];
        assigned = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            ref readonly PreservedObject file = ref objects[i];
            if (file.IsFile)
            {
                tokens[i] = file.DeclaredToken ?? 0;
                assigned += file.DeclaredToken is null ? 1 : 0;
            }
        }

        if (assigned > 0)
        {
            Fill(objects, tokens, set.Sessions.Length);
        }

        return tokens;
    }

    private static void Fill(ReadOnlySpan<PreservedObject> objects, ulong[] tokens, int sessionCount)
    {
        HashSet<(int Session, ulong Token)> taken = [];
        foreach (ref readonly PreservedObject file in objects)
        {
            if (file.Session is { } session && file.DeclaredToken is { } token)
            {
                taken.Add((session.Index, token));
            }
        }

        ulong[] next = new ulong[sessionCount];
        Array.Fill(next, 1UL);
        for (int i = 0; i < tokens.Length; i++)
        {
            ref readonly PreservedObject file = ref objects[i];
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
