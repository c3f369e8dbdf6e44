namespace GraphOrder.Tests.Readme;

/// <summary>The C# blocks of the README, compiled and run.</summary>
internal static class ReadmeExamples
{
    public static void FinishInOrder(Stream stream, Agent agent, TextWriter log)
    {
        #region Readme: in your agent
        PlanResult result = Planner.Plan(SessionSet.Read(stream), KernelPair.Linux73);
        if (result.TryGetPlan(out Plan? plan))
        {
            foreach (SessionName session in plan.Sessions.Finish)
            {
                agent.Finish(session);
            }
        }
        else
        {
            foreach (Diagnostic problem in result.Diagnostics)
            {
                log.WriteLine(DiagnosticSentences.Message(problem));
            }
        }
        #endregion
    }

    /// <summary>Stands for a host agent.</summary>
    internal sealed class Agent
    {
        public List<string> Finished { get; } = [];

        public void Finish(SessionName session) => Finished.Add(session.Text);
    }
}
