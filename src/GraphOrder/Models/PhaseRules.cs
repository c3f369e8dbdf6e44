using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>The rules of all six phases, checked so that each dependency constrains one order.</summary>
internal static class PhaseRules
{
    /// <summary>What is wrong with the first phase that has a flaw.</summary>
    public static ModelFlaw Check(Func<Phase, PhaseRule> rules, out Phase flawed)
    {
        foreach (Phase phase in Phases.All)
        {
            flawed = phase;
            ModelFlaw flaw = FlawOf(rules(phase), rules(Phase.Preserve));
            if (flaw != ModelFlaw.None)
            {
                return flaw;
            }
        }

        flawed = default;
        return ModelFlaw.None;
    }

    /// <summary>The orders of sessions that rules name, each once, in phase order.</summary>
    public static ImmutableArray<SessionOrder> OrdersNamedBy(Func<Phase, PhaseRule> rules)
    {
        ImmutableArray<SessionOrder>.Builder orders = ImmutableArray.CreateBuilder<SessionOrder>();
        foreach (Phase phase in Phases.All)
        {
            SessionOrder order = rules(phase).Between;
            if (!order.IsInterleaved && !orders.Contains(order))
            {
                orders.Add(order);
            }
        }

        return orders.ToImmutable();
    }

    /// <summary>What is wrong with one phase, beside a rule for preserve.</summary>
    public static ModelFlaw FlawOf(PhaseRule rule, PhaseRule preserve)
    {
        bool isChosen = rule.Between.IsInterleaved && rule.Inside == InsideSession.Chosen;
        if (rule.Phase == Phase.Preserve && !(isChosen && rule.Unit is StepUnit.Object or StepUnit.File))
        {
            return ModelFlaw.PreserveNotChosen;
        }

        if (rule.ReadsPreserveOrder && preserve.Unit != StepUnit.File)
        {
            return ModelFlaw.NoPreserveOrder;
        }

        bool isTogether = rule.Inside == InsideSession.Together;
        return rule.Unit switch
        {
            StepUnit.Object => isChosen ? ModelFlaw.None : ModelFlaw.ObjectsNotFree,
            StepUnit.File => isTogether ? ModelFlaw.FilesTogether : ModelFlaw.None,
            StepUnit.Session when rule.Between.IsInterleaved => ModelFlaw.SessionsWithoutOrder,
            StepUnit.Everything when !rule.Between.IsInterleaved => ModelFlaw.OrderInsideOneStep,
            _ => isTogether ? ModelFlaw.None : ModelFlaw.OrderInsideOneStep,
        };
    }
}
