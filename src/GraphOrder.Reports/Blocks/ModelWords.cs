namespace GraphOrder.Reports;

/// <summary>The words of a command that name the models, where they are not the usual ones.</summary>
internal static class ModelWords
{
    private const string Option = "--model";

    /// <summary>As the user gave them.</summary>
    public static string[] Of(TextReportOptions options) =>
        options.ModelName is { } given ? [Option, ShellWord.Of(given)] : [];

    /// <summary>As checking a plan needs them: a plan names its built-in models by itself.</summary>
    public static string[] ToVerify(TextReportOptions options, string planned) =>
        KernelPair.TryFindByModel(planned, out _) ? [] : Of(options);

    /// <summary>As the user gave them, or as the plan names them.</summary>
    public static string[] OfPlan(TextReportOptions options, Plan plan) =>
        options.ModelName is not null ? Of(options)
        : plan.Model == LifecycleModel.Linux73.Name ? []
        : [Option, ShellWord.Of(plan.Model)];
}
