using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// What stands against running a plan with the descriptors that are there: everything that the kernel would
/// refuse, or take and spoil, before it is asked. Thread-safe.
/// </summary>
public static class UpdateChecks
{
    private static readonly DiagnosticCode[] Traps =
    [
        DiagnosticCode.DuplicateInode, DiagnosticCode.MemfdTooLarge, DiagnosticCode.ComesBackReadOnly,
        DiagnosticCode.MissingSeals, DiagnosticCode.SealsUnknown, DiagnosticCode.NoHandler,
    ];

    /// <summary>Checks an update.</summary>
    /// <param name="plan">What is to be run.</param>
    /// <param name="calls">The kernel; asked for nothing that changes anything.</param>
    /// <param name="descriptors">What was handed over.</param>
    /// <param name="given">The sessions that were handed over, in the order of their creation.</param>
    /// <param name="custody">Who holds the sessions at the reboot call.</param>
    /// <param name="accepted">Codes that are taken as warnings.</param>
    public static DiagnosticList Check(
        UpdatePlan plan,
        ISystemCalls calls,
        UpdateDescriptors descriptors,
        ImmutableArray<string> given,
        CustodyKind custody,
        IReadOnlySet<DiagnosticCode> accepted)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentNullException.ThrowIfNull(descriptors);
        ArgumentNullException.ThrowIfNull(accepted);
        DiagnosticList found = new();
        foreach (Diagnostic wrong in PlanVerifier.Verify(plan.Set, plan.Plan, plan.Kernels).Diagnostics)
        {
            found.Add(wrong);
        }

        if (plan.Set.TryFindSession(MemoryJournalStore.SessionText, out _))
        {
            found.Add(new Diagnostic(DiagnosticCode.JournalNameTaken, DiagnosticSeverity.Error)
            {
                Subjects = [MemoryJournalStore.SessionText],
            });
        }

        AddMissing(plan, descriptors, custody, found);
        AddOtherOrder(plan, given, found);
        SessionSet observed = Observe(plan, calls, descriptors, found);
        DiagnosticList refused = new();
        KernelAcceptance.Check(DependencyGraph.Of(observed), plan.Kernels, refused);
        foreach (Diagnostic each in refused.ToImmutable())
        {
            if (Traps.Contains(each.Code))
            {
                bool isTaken = accepted.Contains(each.Code);
                found.Add(each with
                {
                    Severity = isTaken ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
                });
            }
        }

        return found;
    }

    // Under its own custody the run makes its sessions; that it has no device is told by itself.
    private static void AddMissing(
        UpdatePlan plan, UpdateDescriptors descriptors, CustodyKind custody, DiagnosticList found)
    {
        ImmutableArray<string>.Builder missing = ImmutableArray.CreateBuilder<string>();
        bool isMade = descriptors.Device >= 0 || custody == CustodyKind.Self;
        for (int i = 0; i < plan.Graph.SessionCount && !isMade; i++)
        {
            if (descriptors[new SessionId(i)] < 0)
            {
                missing.Add(SessionSet.SessionPrefix + plan.Set.NameOf(new SessionId(i)));
            }
        }

        if (!isMade && descriptors.Journal < 0)
        {
            missing.Add(SessionSet.SessionPrefix + MemoryJournalStore.SessionText);
        }

        for (int i = 0; i < plan.Graph.ObjectCount; i++)
        {
            if (plan.Graph[new ObjectId(i)].IsFile && descriptors[new ObjectId(i)] < 0)
            {
                missing.Add(plan.Set.NameOf(new ObjectId(i)));
            }
        }

        if (missing.Count > 0)
        {
            found.Add(new Diagnostic(DiagnosticCode.DescriptorMissing, DiagnosticSeverity.Error)
            {
                Subjects = missing.ToImmutable(),
            });
        }
    }

    // What exists already stands first in the kernel's list, and in its own order.
    private static void AddOtherOrder(UpdatePlan plan, ImmutableArray<string> given, DiagnosticList found)
    {
        ImmutableArray<SessionName> create = plan.Plan.Sessions.Create;
        for (int i = 0; i < given.Length && i < create.Length; i++)
        {
            if (given[i] != create[i].Text && given[i] != MemoryJournalStore.SessionText)
            {
                found.Add(new Diagnostic(DiagnosticCode.CreatedInOtherOrder, DiagnosticSeverity.Error)
                {
                    Subjects = [given[i], create[i].Text],
                });
                return;
            }
        }
    }

    // The set as the descriptors show it: the same rules judge it that judge what a document says.
    private static SessionSet Observe(
        UpdatePlan plan, ISystemCalls calls, UpdateDescriptors descriptors, DiagnosticList found)
    {
        ImmutableArray<PreservedObject>.Builder objects = plan.Set.Objects.ToBuilder();
        for (int i = 0; i < objects.Count; i++)
        {
            PreservedObject file = objects[i];
            int descriptor = descriptors[new ObjectId(i)];
            if (!file.IsFile || descriptor < 0)
            {
                continue;
            }

            string id = plan.Set.NameOf(new ObjectId(i));
            if (!calls.Status(descriptor, out FileStatus status).IsDone)
            {
                Compare(id, "descriptor", "an open one", "one that is not open", found);
            }
            else if (file.Kind == ObjectKind.Memfd && calls.GetSeals(descriptor) is var seals)
            {
                if (!seals.IsDone)
                {
                    Compare(id, "kind", "memfd", "no memory that has seals", found);
                    continue;
                }

                // Handed to the kernel it answers ENOENT, in the middle of a run.
                if (status.LinkCount > 0)
                {
                    Compare(id, "kind", "memfd", "a file with a name", found);
                    continue;
                }

                Seals now = (Seals)checked((byte)(seals.Value & 0xFF));
                Compare(id, "size", file.Facts.Bytes?.ToString(CultureInfo.InvariantCulture),
                    status.Bytes.ToString(CultureInfo.InvariantCulture), found);
                Compare(id, "seals", file.Facts.Seals is { } said ? Words(said) : null, Words(now), found);
                string inode = string.Create(CultureInfo.InvariantCulture, $"{status.Device}:{status.Inode}");
                objects[i] = new PreservedObject(
                    file.Kind, file.Session, file.Carrier, file.DeclaredToken,
                    file.Facts with { Bytes = status.Bytes, Seals = now, Inode = inode }, file.Location);
            }
        }

        return new SessionSet(plan.Set.Ids, plan.Set.SessionNames)
        {
            SourceName = plan.Set.SourceName,
            Sessions = plan.Set.Sessions,
            Objects = objects.ToImmutable(),
            Needs = plan.Set.Needs,
            Describes = plan.Set.Describes,
            Dependencies = plan.Set.Dependencies,
            Host = plan.Set.Host,
            Walked = plan.Set.Walked,
            AcceptsMapped = plan.Set.AcceptsMapped,
        };
    }

    private static void Compare(string id, string fact, string? declared, string now, DiagnosticList found)
    {
        if (declared is not null && declared != now)
        {
            found.Add(new Diagnostic(DiagnosticCode.DescriptorDiffers, DiagnosticSeverity.Error)
            {
                Subjects = [id],
                Facts = [new("fact", fact), new("found", now), new("declared", declared)],
            });
        }
    }

    private static string Words(Seals seals)
    {
        StringBuilder text = new();
        foreach (Seals each in Enum.GetValues<Seals>())
        {
            if (each != Seals.None && seals.HasFlag(each))
            {
                text.Append(text.Length > 0 ? ", " : "").Append(each.ToString().ToLowerInvariant());
            }
        }

        return text.Length == 0 ? "none" : text.ToString();
    }
}
