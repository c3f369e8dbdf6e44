using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>What stands against an update on the machine itself. Thread-safe.</summary>
public static class HostChecks
{
    /// <summary>Adds what the machine lacks for running a set's plan.</summary>
    /// <param name="set">The set.</param>
    /// <param name="host">The machine.</param>
    /// <param name="diagnostics">Where to.</param>
    public static void Check(SessionSet set, RunningHost host, DiagnosticList diagnostics)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (!host.HasDevice)
        {
            bool isAsked = host.BootSwitches.Split(' ').Contains("liveupdate=on");
            diagnostics.Add(new Diagnostic(DiagnosticCode.LiveUpdateOff, DiagnosticSeverity.Error)
            {
                Facts = isAsked ? [] : [new("missing", "liveupdate=on")],
            });
        }

        if (set.Host?.Kernel is { } declared && char.IsAsciiDigit(declared[0]) && host.Release.Length > 0
            && !IsOf(host.Release, declared))
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.OtherKernelRuns, DiagnosticSeverity.Error)
            {
                Facts = [new("found", host.Release), new("declared", declared)],
            });
        }

        AddOpen(set, host.Held, diagnostics);
        diagnostics.Add(host.IsImageLoaded
            ? new Diagnostic(DiagnosticCode.ImageUnproven, DiagnosticSeverity.Warning)
            : new Diagnostic(DiagnosticCode.ImageMissing, DiagnosticSeverity.Error));
    }

    /// <summary>
    /// Adds that the name under which the journal travels is taken, where the run has to create that session
    /// itself.
    /// </summary>
    /// <param name="host">The machine.</param>
    /// <param name="diagnostics">Where to.</param>
    public static void CheckJournalName(RunningHost host, DiagnosticList diagnostics)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(diagnostics);
        foreach (HeldSession each in host.Held)
        {
            if (each.Session == MemoryJournalStore.SessionText)
            {
                diagnostics.Add(OpenAlready(each));
                return;
            }
        }
    }

    private static void AddOpen(SessionSet set, ImmutableArray<HeldSession> held, DiagnosticList diagnostics)
    {
        HashSet<string> told = [];
        foreach (HeldSession each in held)
        {
            if (set.TryFindSession(each.Session, out SessionId session)
                && !set.Sessions[session.Index].Created
                && told.Add(each.Session))
            {
                diagnostics.Add(OpenAlready(each));
            }
        }
    }

    private static Diagnostic OpenAlready(HeldSession held) =>
        new(DiagnosticCode.SessionOpenAlready, DiagnosticSeverity.Error)
        {
            Subjects = [held.Session],
            Facts = [new("process", held.Process), new("command", held.Command)],
        };

    // 7.3.4 is the release of 7.3.4-luo too.
    private static bool IsOf(string release, string declared) =>
        release.StartsWith(declared, StringComparison.Ordinal)
        && (release.Length == declared.Length || !char.IsAsciiDigit(release[declared.Length]));
}
