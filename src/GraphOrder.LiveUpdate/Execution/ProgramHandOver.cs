using System.Collections;
using System.Globalization;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Makes this process another program, which gets everything that was retrieved (sd_listen_fds(3)), or no
/// more than this process was given.
/// </summary>
public static class ProgramHandOver
{
    /// <summary>Becomes the program; comes back only where that fails.</summary>
    /// <param name="calls">The kernel.</param>
    /// <param name="plan">The update.</param>
    /// <param name="descriptors">What was retrieved.</param>
    /// <param name="command">The program's path and its arguments.</param>
    /// <param name="process">This process, which stays the same.</param>
    public static Errno Run(
        ISystemCalls calls,
        UpdatePlan plan,
        UpdateDescriptors descriptors,
        IReadOnlyList<string> command,
        int process)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(descriptors);
        ArgumentNullException.ThrowIfNull(command);
        List<int> given = [];
        List<string> names = [];
        for (int i = 0; i < plan.Graph.ObjectCount; i++)
        {
            if (descriptors[new ObjectId(i)] is var descriptor and >= 0)
            {
                given.Add(descriptor);

                // A colon ends a name there.
                names.Add("file=" + plan.Set.NameOf(new ObjectId(i)).Replace(':', '_'));
            }
        }

        List<string> environment =
        [
            string.Create(CultureInfo.InvariantCulture, $"LISTEN_PID={process}"),
            string.Create(CultureInfo.InvariantCulture, $"LISTEN_FDS={given.Count}"),
            $"LISTEN_FDNAMES={string.Join(':', names)}",
        ];
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            if (entry.Key is string name && !name.StartsWith("LISTEN_", StringComparison.Ordinal))
            {
                environment.Add($"{name}={entry.Value}");
            }
        }

        return ProgramStart.Run(calls, command[0], command, environment, given);
    }

    /// <summary>
    /// Becomes a program with the same number, streams and environment; comes back only where that fails.
    /// </summary>
    /// <param name="command">The program's path and its arguments; nothing is looked up or expanded.</param>
    public static Errno Become(IReadOnlyList<string> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return ProgramStart.Run(command[0], command);
    }
}
