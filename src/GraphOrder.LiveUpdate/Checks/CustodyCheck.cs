using System.Collections.Immutable;
using System.Globalization;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Whether each session is held by whoever is said to have custody, read back from the machine. Thread-safe.
/// </summary>
public static class CustodyCheck
{
    /// <summary>The process of the service manager, which holds what is in its descriptor store.</summary>
    public const int ServiceManager = 1;

    /// <summary>The command of the live-update daemon.</summary>
    public const string DaemonCommand = "luod";

    /// <summary>Adds what is not held as it should be.</summary>
    /// <param name="sessions">The sessions' names.</param>
    /// <param name="custody">Who should hold them.</param>
    /// <param name="self">This process, which does not count for others' custody.</param>
    /// <param name="holder">The process that has luod's custody; null for any whose command is luod.</param>
    /// <param name="held">Who holds what.</param>
    /// <param name="diagnostics">Where to.</param>
    public static void Check(
        IEnumerable<string> sessions,
        CustodyKind custody,
        int self,
        int? holder,
        ImmutableArray<HeldSession> held,
        DiagnosticList diagnostics)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (custody == CustodyKind.Self)
        {
            return;
        }

        ILookup<string, HeldSession> byName = held.ToLookup(each => each.Session);
        foreach (string session in sessions)
        {
            if (!byName[session].Any(IsCustodian))
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.CustodyNotHeld, DiagnosticSeverity.Error)
                {
                    Subjects = [session],
                    Facts =
                    [
                        new("holders", Holders(byName[session])),
                        new("custody", custody == CustodyKind.Systemd ? "the service manager (process 1)"
                            : holder is { } pid ? Process(pid)
                            : "a process called luod"),
                    ],
                });
            }
        }

        bool IsCustodian(HeldSession each) => each.Process != self
            && (custody == CustodyKind.Systemd ? each.Process == ServiceManager
                : holder is { } pid ? each.Process == pid
                : each.Command == DaemonCommand);
    }

    private static string Process(int pid) => string.Create(CultureInfo.InvariantCulture, $"process {pid}");

    private static string Holders(IEnumerable<HeldSession> held)
    {
        string text = string.Join(", ", held
            .Select(each => $"{Process(each.Process)} ({each.Command})")
            .Distinct());
        return text.Length == 0 ? "nobody that can be seen" : text;
    }
}
