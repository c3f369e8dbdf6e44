using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using GraphOrder.Benchmarks;
using GraphOrder.Benchmarks.Graphs;
using GraphOrder.Benchmarks.Live;
using GraphOrder.Benchmarks.Mappings;
using GraphOrder.Benchmarks.PageTables;
using GraphOrder.Benchmarks.Peers;
using GraphOrder.Benchmarks.Planning;
using GraphOrder.Benchmarks.Serving;

if (args is ["--smoke"])
{
    return SmokeRun.Run();
}

if (args is ["--walk-ratios", _, ..])
{
    return WalkRatios.Run(args);
}

if (args is ["--host-audit", _, ..])
{
    return AuditRatios.Run(args);
}

if (args is ["--order-ratios", _, ..])
{
    return OrderRatios.Run(args);
}

if (args is ["--live-ratios", _, ..])
{
    return LiveRatios.Run(args);
}

if (args is ["--serve-load", _, ..])
{
    return ServeLoad.Run(args);
}

if (args is ["--arcs", string graph, string path])
{
    ArcStream.Of(graph).Write(path);
    return 0;
}

if (args is ["--peer", string peer, string arcs])
{
    return PeerRun.Run(peer, arcs);
}

// In process: the separate project that BenchmarkDotNet builds does not find this tree's artifacts folder.
// Workstation and not concurrent: server GC counts too many allocated bytes, and a concurrent one takes
// the second core.
IConfig config = DefaultConfig.Instance.AddJob(
    Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithGcServer(false).WithGcConcurrent(false));
BenchmarkSwitcher.FromAssembly(typeof(SmokeRun).Assembly).Run(args, config);
return 0;
