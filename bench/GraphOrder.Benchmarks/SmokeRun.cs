using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace GraphOrder.Benchmarks;

/// <summary>
/// Runs every benchmark once at its smallest size, without BenchmarkDotNet: so that none can rot, and so
/// that those of one class, which must do the same work, show the same checksum.
/// </summary>
public static class SmokeRun
{
    /// <summary>Runs them all and prints one line each.</summary>
    /// <returns>0, or 1 where two benchmarks of a class give different checksums.</returns>
    public static int Run()
    {
        bool isSound = true;
        foreach (Type type in typeof(SmokeRun).Assembly.GetTypes().OrderBy(type => type.FullName))
        {
            MethodInfo[] benchmarks = [.. type.GetMethods().Where(Has<BenchmarkAttribute>)];
            if (benchmarks.Length > 0)
            {
                isSound &= Run(type, benchmarks);
            }
        }

        return isSound ? 0 : 1;
    }

    private static bool Run(Type type, MethodInfo[] benchmarks)
    {
        object instance = Activator.CreateInstance(type)!;
        foreach (PropertyInfo parameter in type.GetProperties().Where(Has<ParamsAttribute>))
        {
            parameter.SetValue(instance, parameter.GetCustomAttribute<ParamsAttribute>()!.Values[0]);
        }

        foreach (MethodInfo setup in type.GetMethods().Where(Has<GlobalSetupAttribute>))
        {
            setup.Invoke(instance, null);
        }

        HashSet<object> checksums = [];
        foreach (MethodInfo benchmark in benchmarks)
        {
            long start = Stopwatch.GetTimestamp();
            object checksum = benchmark.Invoke(instance, null)!;
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            checksums.Add(checksum);
            Console.WriteLine(
                $"{type.Name}.{benchmark.Name}  checksum {checksum}  {elapsed.TotalMilliseconds:f1} ms");
        }

        return checksums.Count == 1;
    }

    private static bool Has<T>(MemberInfo member)
        where T : Attribute => member.GetCustomAttribute<T>() is not null;
}
