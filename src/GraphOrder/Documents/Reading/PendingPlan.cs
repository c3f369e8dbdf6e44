using System.Collections.Immutable;
using System.Text;

namespace GraphOrder;

/// <summary>A plan while it is read. It has names of its own: those of the document.</summary>
internal sealed class PendingPlan
{
    private readonly NameTable _ids = new();
    private readonly NameTable _sessions = new();

    public string Model { get; set; } = "";

    public Digest? Input { get; set; }

    public Digest? Rules { get; set; }

    public bool IsRefusal { get; set; }

    public ImmutableArray<string> Waived { get; set; } = [];

    public PendingCertificate Certificate { get; } = new();

    public List<(string Name, ImmutableArray<SessionName> Sessions)> Orders { get; } = [];

    public List<PlanRow>[] Rows { get; } = [[], [], [], [], [], []];

    public List<int>[] Carried { get; } = [[], [], [], [], [], []];

    public List<Diagnostic> Diagnostics { get; } = [];

    public int IdOf(ref DocumentReader reader)
    {
        if (!reader.TryUtf8(out ReadOnlySpan<byte> id))
        {
            return -1;
        }

        _ids.TryAdd(id, out int index);
        return index;
    }

    public int SessionOf(SessionName name)
    {
        _sessions.TryAdd(Encoding.UTF8.GetBytes(name.Text), out int index);
        return index;
    }

    public PlanResult ToResult(PlanCertificate? certificate)
    {
        if (IsRefusal)
        {
            return new PlanResult(Model, Input!, Rules!, [.. Diagnostics]);
        }

        PlanNames names = new(_ids, _sessions);
        ImmutableArray<PhaseSteps>.Builder phases = ImmutableArray.CreateBuilder<PhaseSteps>(Phases.Count);
        foreach (Phase phase in Phases.All)
        {
            phases.Add(new PhaseSteps(phase, names, [.. Rows[(int)phase]], [.. Carried[(int)phase]]));
        }

        SessionOrders orders = new(Take("create"), Take("retrieve"), Take("finish"), Take("close"));
        return new PlanResult(new Plan(
            Model, Input!, Rules!, orders with { Others = [.. Orders] }, phases.MoveToImmutable())
        {
            Waived = Waived,
            Diagnostics = [.. Diagnostics],
            Certificate = certificate,
        });
    }

    private ImmutableArray<SessionName> Take(string name)
    {
        int index = Orders.FindIndex(order => order.Name == name);
        ImmutableArray<SessionName> sessions = index < 0 ? default : Orders[index].Sessions;
        if (index >= 0)
        {
            Orders.RemoveAt(index);
        }

        return sessions;
    }
}
