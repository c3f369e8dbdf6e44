namespace GraphOrder.Reports;

/// <summary>The two kernels of an update in words.</summary>
internal static class KernelNames
{
    /// <summary><c>Linux 7.3.4</c>, or both where they differ.</summary>
    public static string Of(KernelPair kernels) => kernels.Old.Release == kernels.Next.Release
        ? $"Linux {kernels.Old.Release}"
        : $"Linux {kernels.Old.Release} or {kernels.Next.Release}";

    /// <summary>The line of the header: from which to which, and by which models.</summary>
    public static string Crossing(KernelPair kernels) => kernels.Old.Model.Name == kernels.Next.Model.Name
        ? $"{kernels.Old.Release} -> {kernels.Next.Release}, model {kernels.Old.Model.Name} on both sides"
        : $"{kernels.Old.Release} -> {kernels.Next.Release}, "
            + $"models {kernels.Old.Model.Name} -> {kernels.Next.Model.Name}";
}
