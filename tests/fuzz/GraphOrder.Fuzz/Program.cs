using SharpFuzz;

namespace GraphOrder.Fuzz;

/// <summary>The commands that <c>fuzz.sh</c> calls; what each does is said in the README.</summary>
internal static class Program
{
    private static string? Told { get; } = Environment.GetEnvironmentVariable("GRAPHORDER_FUZZ_TOLD");

    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["list"]:
                Console.WriteLine(string.Join('\n', FuzzTargets.All.Select(target => target.Name)));
                return 0;
            case ["bytes", string name]:
                Console.WriteLine(FuzzTargets.Of(name).BytesMax);
                return 0;
            case ["seeds", string name, string folder]:
                return WriteSeeds(FuzzTargets.Of(name), folder);
            case ["words", string name, string path]:
                SeedWords.Write(FuzzTargets.Of(name), path);
                return 0;
            case ["instrument", string folder]:
                Instrumenter.Instrument(folder);
                return 0;
            case ["run", string name]:
                return Fuzz(name);
            case ["merge", string name, string folder, .. string[] from]:
                return new CorpusMerger(name).Merge(folder, from);
            case ["replay", string name, .. string[] paths]:
                return Replay(FuzzTargets.Of(name), paths);
            default:
                Console.Error.WriteLine("usage: GraphOrder.Fuzz list | bytes TARGET | seeds TARGET FOLDER"
                    + " | words TARGET FILE | instrument FOLDER | run TARGET | merge TARGET FOLDER FROM... | replay TARGET FILE...");
                return 2;
        }
    }

    // Instrumented code must not run before there is a map of branches, so the target is made inside.
    private static int Fuzz(string name)
    {
        FuzzTarget? target = null;
        byte[] bytes = new byte[1 << 16];
        Fuzzer.OutOfProcess.Run(stream =>
        {
            target ??= FuzzTargets.Of(name);
            int length = stream.ReadAtLeast(bytes, target.BytesMax, throwOnEndOfStream: false);
            try
            {
                target.Run(bytes.AsSpan(0, Math.Min(length, target.BytesMax)));
            }
            catch (Exception found) when (Told is { } place)
            {
                // The engine keeps the input alone; why it is one may hang on what ran before.
                File.AppendAllText(place, $"{found}\n\n");
                throw;
            }
        });
        return 0;
    }

    private static int WriteSeeds(FuzzTarget target, string folder)
    {
        Directory.CreateDirectory(folder);
        int number = 0;
        foreach (byte[] seed in target.Seeds())
        {
            if (seed.Length <= target.BytesMax)
            {
                File.WriteAllBytes(Path.Combine(folder, $"seed-{number:00}"), seed);
            }

            number++;
        }

        return 0;
    }

    // Each file by itself, so that one finding does not hide the next.
    private static int Replay(FuzzTarget target, string[] paths)
    {
        int findings = 0;
        foreach (string path in paths)
        {
            try
            {
                target.Run(File.ReadAllBytes(path));
                Console.WriteLine($"{path}: nothing is wrong");
            }
            catch (Exception found)
            {
                findings++;
                Console.WriteLine($"{path}: {found}");
            }
        }

        return findings == 0 ? 0 : 1;
    }
}
