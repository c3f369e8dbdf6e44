namespace GraphOrder.KernelGuest;

/// <summary>
/// The first process of the guest: does what the kernel's command line says, says on its serial port what
/// came of it, and stops the machine. Started by itself with arguments, it is a helper (see
/// <see cref="Helper"/>).
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (Environment.ProcessId != 1)
        {
            return Helper.Run(arguments);
        }

        try
        {
            Machine.Prepare();
            GuestOrder order = GuestOrder.Read();
            Serial.Say($"kernel {order.Kernel} {order.Mode}");
            Modes.Run(order);
        }
        catch (Exception error)
        {
            // Whatever it is, the machine must stop and the log must say why.
            Serial.Say($"bad {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}");
            Serial.Say($"trace {error.StackTrace?.ReplaceLineEndings(" | ")}");
        }

        Serial.Say("end");
        Machine.Stop();
        return 0;
    }
}
