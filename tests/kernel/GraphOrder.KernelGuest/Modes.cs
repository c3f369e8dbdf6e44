namespace GraphOrder.KernelGuest;

/// <summary>What the guest can do, by name.</summary>
internal static class Modes
{
    /// <summary>Does what the order says, and jumps where it goes on in another kernel.</summary>
    public static void Run(GuestOrder order)
    {
        switch (order.Mode)
        {
            case "look":
                LookMode.Run();
                break;
            case "scenario":
                ScenarioMode.Run(order);
                break;
            case "cost":
                CostMode.Run();
                break;
            case "script":
                ScriptMode.Run(order);
                break;
            case "behaviour":
                BehaviourMode.Run(order);
                break;
            case "torture":
                TortureMode.Run(order);
                break;
            case "hops":
                TortureMode.Hop(order);
                break;
            case "shrink":
                ShrinkMode.Run(order);
                break;
            default:
                Serial.Say($"bad mode '{order.Mode}'");
                break;
        }
    }
}
