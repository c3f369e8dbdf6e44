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
        if (!host.IsImageLoaded)
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.ImageMissing, DiagnosticSeverity.Error));
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
                diagnostics.Add(new Diagnostic(DiagnosticCode.SessionOpenAlready, DiagnosticSeverity.Error)
                {
                    Subjects = [each.Session],
                    Facts = [new("process", each.Process), new("command", each.Command)],
                });
            }
        }
    }

    // 7.3.4 is the release of 7.3.4-luo too.
    private static bool IsOf(string release, string declared) =>
        release.StartsWith(declared, StringComparison.Ordinal)
        && (release.Length == declared.Length || !char.IsAsciiDigit(release[declared.Length]));
}
