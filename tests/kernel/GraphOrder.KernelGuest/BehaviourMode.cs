using System.Globalization;
using GraphOrder.KernelBehaviour;

namespace GraphOrder.KernelGuest;

/// <summary>The rows of what Linux 7.3.4 does that are of this machine, in this kernel; then in the next one,
/// up to the last.</summary>
internal static class BehaviourMode
{
    public static void Run(GuestOrder order)
    {
        // Else a processor keeps up to an eighth of the memory that is given back, and MemFree does not
        // count it.
        File.WriteAllText("/proc/sys/vm/percpu_pagelist_high_fraction", "100000");
        GuestMachine machine = new();
        string name = order.Argument.Replace('-', ' ');
        foreach (BehaviourRow row in BehaviourTable.Of(name).Where(row => row.In(order.Kernel) is not null))
        {
            string answer = Answer(row, order.Kernel, machine);
            Serial.Say(string.Create(CultureInfo.InvariantCulture, $"row {order.Kernel} {row.Name} = {answer}"));
        }

        if (order.Kernel < BehaviourTable.KernelCount(name))
        {
            Machine.JumpTo(machine.Calls, order.Next);
        }
    }

    // One row that fails must not take the others with it.
    private static string Answer(BehaviourRow row, int kernel, GuestMachine machine)
    {
        try
        {
            return BehaviourTable.Run(row, kernel, machine);
        }
        catch (Exception error)
        {
            return $"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}";
        }
    }
}
