namespace GraphOrder;

internal static class RulesDigest
{
    public static Digest Current { get; } = new(new byte[32]);
}

internal static class KernelAcceptance
{
    public static void Check(DependencyGraph graph, KernelPair kernels, DiagnosticList diagnostics)
    {
    }
}

public sealed partial class SessionSet
{
    /// <summary>x</summary>
    public Digest Digest { get; } = new(new byte[32]);
}
