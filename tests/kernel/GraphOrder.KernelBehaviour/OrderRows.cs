using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelBehaviour;

/// <summary>In which order the kernel walks, as far as a program sees it.</summary>
internal static class OrderRows
{
    private const string Preserved = "preserve v0, preserve v1, preserve v2";

    public static BehaviourRow[] Rows { get; } =
    [
        new(
            "the order of the freeze",
            new BehaviourStage(1, HandOrdered, ""),
            new BehaviourStage(2, TellFrozen, "c:3,1,2 a:9,4 b:7"))
        {
            Machine = "order",
        },
        new(
            "global states come with the first file and go with the last",
            new BehaviourStage(1, ComeAndGo, $"({Preserved}) () () (unpreserve v2, unpreserve v1, unpreserve v0) ({Preserved})"),
            new BehaviourStage(2, Finish, "(retrieve v0, retrieve v1, retrieve v2) () (finish v2, finish v1, finish v0)"))
        {
            Machine = "states",
        },
        new(
            "global states with a session that nobody finished",
            new BehaviourStage(1, TwoSessions, $"({Preserved})"),
            new BehaviourStage(2, FinishOne, "(retrieve v0, retrieve v1, retrieve v2) OK ()"))
        {
            Machine = "unfinished states",
        },
        new(
            "a name tried twice where a block of sessions ends",
            new BehaviourStage(1, FullBlock, "51 EEXIST"))
        {
            Machine = "block",
            Panic = "The incoming tree failed to initialize properly",
        },
    ];

    private static void HandOrdered(Script script)
    {
        HandTokens(script, "c", [3, 1, 2]);
        HandTokens(script, "a", [9, 4]);
        HandTokens(script, "b", [7]);
    }

    private static void HandTokens(Script script, string name, ReadOnlySpan<ulong> tokens)
    {
        int session = script.Session(name);
        foreach (ulong token in tokens)
        {
            script.Preserve(session, script.Memory(), token);
        }

        script.Keep(session);
    }

    private static void TellFrozen(Script script)
    {
        foreach (string session in script.Machine.Frozen(script.Row.Prefix))
        {
            script.Tell(session[script.Row.Prefix.Length..]);
        }
    }

    private static void TellActs(Script script) =>
        script.Tell("(" + string.Join(", ", script.Machine.FlbActs()) + ")");

    private static void ComeAndGo(Script script)
    {
        int first = script.Session("first");
        int second = script.Session("second");
        script.Preserve(first, script.Memory(), 1);
        TellActs(script);
        script.Preserve(second, script.Memory(), 1);
        TellActs(script);
        script.Close(first);
        TellActs(script);
        script.Close(second);
        TellActs(script);
        TwoSessions(script);
    }

    private static void TwoSessions(Script script)
    {
        HandTokens(script, "one", [1]);
        HandTokens(script, "two", [1, 2]);
        TellActs(script);
    }

    private static void Finish(Script script)
    {
        TellActs(script);
        script.Finish(script.Incoming("one"));
        TellActs(script);
        script.Close(script.Incoming("two"));
        TellActs(script);
    }

    private static void FinishOne(Script script)
    {
        TellActs(script);
        script.Tell(script.Finish(script.Incoming("two")));
        TellActs(script);
    }

    private static void FullBlock(Script script)
    {
        const int perBlock = 51;
        int device = script.Device();
        int created = 0;
        for (int i = 0; i < perBlock; i++)
        {
            CallResult session = script.Create(device, $"-{i}");
            created += session.IsDone ? 1 : 0;
            script.Keep(session.Descriptor);
        }

        script.Tell(created);
        script.Tell(script.Create(device, "-7"));
    }
}
