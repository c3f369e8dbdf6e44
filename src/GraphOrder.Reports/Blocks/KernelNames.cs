namespace GraphOrder.Reports;

/// <summary>The two kernels of an update in words.</summary>
internal static class KernelNames
{
    /// <summary><c>Linux 7.3.4</c>, or both where they differ.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="link">What stands between two: and, or.</param>
    public static string Of(KernelPair kernels, string link) => AreOne(kernels)
        ? kernels.Old.Title
        : $"{kernels.Old.Title} {link} {kernels.Next.Title}";

    /// <summary>Whether both are of one release.</summary>
    public static bool AreOne(KernelPair kernels) => kernels.Old.Release == kernels.Next.Release;

    /// <summary>
    /// The line of the header: from which to which, and by which models. A model that no kernel follows is
    /// told as one.
    /// </summary>
    public static string Crossing(KernelPair kernels)
    {
        string crossing = $"{kernels.Old.Release} -> {kernels.Next.Release}";
        string old = PlainText.Id(kernels.Old.Model.Name);
        string next = PlainText.Id(kernels.Next.Model.Name);
        if (old == next)
        {
            return kernels.Old.IsHypothetical
                ? $"{crossing}, were both to follow {old}"
                : $"{crossing}, model {old} on both sides";
        }

        string hypothetical = (kernels.Old.IsHypothetical, kernels.Next.IsHypothetical) switch
        {
            (true, true) => "; no kernel follows either",
            (true, false) => $"; no kernel follows {old}",
            (false, true) => $"; no kernel follows {next}",
            _ => "",
        };
        return $"{crossing}, models {old} -> {next}{hypothetical}";
    }
}
