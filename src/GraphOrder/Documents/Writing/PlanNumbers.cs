using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GraphOrder;

/// <summary>
/// The steps and session orders of a plan in the numbers of its certificate: objects, behind these sessions,
/// behind these everything as one.
/// </summary>
internal sealed class PlanNumbers
{
    private const int Unknown = -1;

    private readonly SessionSet _set;

    private PlanNumbers(SessionSet set) => _set = set;

    /// <summary>What each step of each phase moves, its wave, and where its carried objects end.</summary>
    public (int What, int Wave, int CarriedEnd)[][] Steps { get; } =
        new (int What, int Wave, int CarriedEnd)[Phases.Count][];

    /// <summary>The carried objects of all steps of each phase.</summary>
    public int[][] Carried { get; } = new int[Phases.Count][];

    /// <summary>The sessions in each order that the models have, in the sequence of the form.</summary>
    public List<int[]> Orders { get; } = [];

    /// <summary>Reads a plan; false where it says what these numbers cannot.</summary>
    public static bool TryRead(
        Plan plan, SessionSet set, KernelPair kernels, [NotNullWhen(true)] out PlanNumbers? numbers)
    {
        numbers = new PlanNumbers(set);
        PlanNames? names = null;
        int[] ids = [];
        int[] sessions = [];
        foreach (Phase phase in Phases.All)
        {
            if (!ReferenceEquals(names, plan[phase].Names))
            {
                names = plan[phase].Names;
                ids = Translation(names.Ids, set.Ids);
                sessions = Translation(names.Sessions, set.SessionNames);
            }

            if (!numbers.TryReadSteps(plan[phase], ids, sessions))
            {
                numbers = null;
                return false;
            }
        }

        foreach (string order in OrderNames(kernels))
        {
            numbers.ReadOrder(plan.Sessions.Find(order));
        }

        return true;
    }

    /// <summary>The orders that two models have, in the sequence of the form.</summary>
    public static List<string> OrderNames(KernelPair kernels)
    {
        List<string> names = [];
        foreach (SessionOrder order in (ReadOnlySpan<SessionOrder>)
            [SessionOrder.Create, SessionOrder.Close, SessionOrder.Finish])
        {
            if (kernels.NamedOrders.Contains(order))
            {
                names.Add(order.Name);
            }
        }

        names.AddRange(OwnOrders(kernels));
        if (kernels[Phase.Retrieve].Unit is StepUnit.File or StepUnit.Session)
        {
            names.Add("retrieve");
        }

        return names;
    }

    /// <summary>The orders that the models name themselves, in the order of the phases.</summary>
    public static List<string> OwnOrders(KernelPair kernels)
    {
        List<string> names = [];
        foreach (Phase phase in Phases.All)
        {
            SessionOrder order = kernels[phase].Between;
            bool isOwn = !order.IsInterleaved
                && order != SessionOrder.Create
                && order != SessionOrder.Close
                && order != SessionOrder.Finish;
            if (isOwn && !names.Contains(order.Name))
            {
                names.Add(order.Name);
            }
        }

        return names;
    }

    private static int[] Translation(NameTable from, NameTable to)
    {
        int[] numbers = new int[from.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = ReferenceEquals(from, to) ? i
                : to.TryFind(from.Utf8(i), out int known) ? known
                : Unknown;
        }

        return numbers;
    }

    private bool TryReadSteps(PhaseSteps steps, int[] ids, int[] sessions)
    {
        (int What, int Wave, int CarriedEnd)[] found = new (int, int, int)[steps.Count];
        List<int> carried = [];
        for (int step = 0; step < found.Length; step++)
        {
            PlanRow row = steps.Rows[step];
            int number = row.Object < 0 ? Unknown : ids[row.Object];
            int session = row.Session < 0 ? Unknown : sessions[row.Session];
            if ((row.Object >= 0 && number == Unknown)
                || (row.Session >= 0 && session == Unknown)
                || !IsAsTheCertificateSays(row, number, session)
                || row.Wave < 0)
            {
                return false;
            }

            foreach (int id in steps.Carried.AsSpan(row.FirstCarried, row.CarriedCount))
            {
                if (ids[id] == Unknown)
                {
                    return false;
                }

                carried.Add(ids[id]);
            }

            int count = _set.Objects.Length;
            int what = number != Unknown ? number
                : count + (session != Unknown ? session : _set.Sessions.Length);
            found[step] = (what, row.Wave, carried.Count);
        }

        Steps[(int)steps.Phase] = found;
        Carried[(int)steps.Phase] = [.. carried];
        return true;
    }

    // A step of this form has no session, token or act of its own.
    private bool IsAsTheCertificateSays(in PlanRow row, int number, int session)
    {
        if (number == Unknown)
        {
            return !row.IsAct && !row.HasToken;
        }

        PreservedObject found = _set.Objects[number];
        int home = (_set.SessionOf(new ObjectId(number)) ?? found.Act?.Session)?.Index ?? Unknown;
        return row.IsAct == found.Act is not null
            && session == home
            && row.HasToken == found.IsFile
            && (!found.IsFile || row.Token == found.DeclaredToken);
    }

    // A session that is missing is one that cannot be, which a checker finds.
    private void ReadOrder(ImmutableArray<SessionName> order)
    {
        int[] sessions = new int[_set.Sessions.Length];
        Array.Fill(sessions, Unknown);
        int count = order.IsDefault ? 0 : Math.Min(order.Length, sessions.Length);
        for (int i = 0; i < count; i++)
        {
            if (_set.SessionNames.TryFind(Encoding.UTF8.GetBytes(order[i].Text), out int session))
            {
                sessions[i] = session;
            }
        }

        // One that is longer lists something twice.
        if (!order.IsDefault && order.Length > sessions.Length && sessions.Length > 0)
        {
            sessions[0] = Unknown;
        }

        Orders.Add(sessions);
    }
}
