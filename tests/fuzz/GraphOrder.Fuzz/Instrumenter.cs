using SharpFuzz;

namespace GraphOrder.Fuzz;

/// <summary>Makes copies of our assemblies tell which branches they take.</summary>
internal static class Instrumenter
{
    /// <summary>Instruments what lies in a folder, in place; what is instrumented already stays.</summary>
    public static void Instrument(string folder)
    {
        string own = typeof(Instrumenter).Assembly.GetName().Name!;
        foreach (string path in Directory.EnumerateFiles(folder, "*.dll"))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            bool isOurs = name.StartsWith("GraphOrder", StringComparison.Ordinal) || name == "libgraphorder";
            if (isOurs)
            {
                // Of this one only what is planted to be found: the harness is not what is tested.
                Fuzzer.Instrument(path, type => name != own || type == typeof(PlantedTarget).FullName,
                    Options.Value);
            }
        }
    }
}
