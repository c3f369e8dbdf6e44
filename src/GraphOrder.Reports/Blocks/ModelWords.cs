namespace GraphOrder.Reports;

/// <summary>The words by which a command on a plan means the models that the plan follows.</summary>
internal static class ModelWords
{
    private const string Option = "--model";
    private const string Waive = "--waive";

    /// <summary>
    /// As checking a plan needs them: a plan names its built-in models by itself, and what it waives.
    /// </summary>
    public static string[] ToVerify(TextReportOptions options, string planned)
    {
        int given = options.Repeated.IndexOf(Option);
        return given < 0 || KernelPair.TryFindByModel(planned, out _)
            ? []
            : [Option, ShellWord.Of(options.Repeated[given + 1])];
    }

    /// <summary>
    /// As planning again needs them: the models as the user gave them, else as the plan names them where the
    /// set's host would choose others, and what the plan waives.
    /// </summary>
    public static string[] OfPlan(TextReportOptions options, Plan plan, HostFacts? host)
    {
        List<string> words = !options.Repeated.IsEmpty ? [.. options.Repeated]
            : plan.Model == KernelPair.Of(host).ModelName ? []
            : [Option, plan.Model];
        foreach (string waived in plan.Waived)
        {
            words.AddRange(Waive, waived);
        }

        return [.. words.Select(ShellWord.Of)];
    }
}
