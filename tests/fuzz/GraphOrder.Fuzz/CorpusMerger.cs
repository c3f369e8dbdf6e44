using System.Reflection;
using System.Runtime.InteropServices;

namespace GraphOrder.Fuzz;

/// <summary>
/// Chooses of many inputs the few that take all branches between them: the one with most that are new, again
/// and again. Runs with instrumented assemblies only.
/// </summary>
internal sealed unsafe class CorpusMerger
{
    private const int FilesMax = 40;
    private const int BytesMax = 200_000;
    private const int MapBytes = 1 << 16;

    private readonly FuzzTarget _target;
    private readonly byte* _map = (byte*)NativeMemory.AllocZeroed(MapBytes);
    private readonly FieldInfo _place;

    /// <summary>Takes the map of branches to itself; there is one in a process.</summary>
    public CorpusMerger(string name)
    {
        // By name: an assembly that refers to it counts as one that is instrumented already.
        Type trace = Type.GetType("SharpFuzz.Common.Trace, SharpFuzz.Common", throwOnError: true)!;
        trace.GetField("SharedMem")!.SetValue(null, Pointer.Box(_map, typeof(byte*)));
        _place = trace.GetField("PrevLocation")!;
        _target = FuzzTargets.Of(name);
    }

    /// <summary>Chooses among the files of folders and writes them to another, which it empties.</summary>
    /// <returns>The exit code: 1 where no branch is seen, since then nothing is instrumented.</returns>
    public int Merge(string folder, IEnumerable<string> from)
    {
        List<(byte[] Bytes, HashSet<int> Edges)> inputs = [];
        HashSet<int> all = [];
        foreach (string path in from.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles).Order())
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (bytes.Length <= _target.BytesMax)
            {
                // What runs once only, when a type is first used, belongs to no input.
                _ = EdgesOf(bytes);
                HashSet<int> edges = EdgesOf(bytes);
                all.UnionWith(edges);
                inputs.Add((bytes, edges));
            }
        }

        if (all.Count == 0)
        {
            Console.Error.WriteLine("No branch was seen: the assemblies are not instrumented.");
            return 1;
        }

        List<byte[]> kept = Choose(inputs, out int covered);
        Write(folder, kept);
        Console.WriteLine($"{_target.Name}: {kept.Count} inputs, {kept.Sum(input => input.Length)} bytes, "
            + $"{covered} of {all.Count} branches");
        return 0;
    }

    private static List<byte[]> Choose(List<(byte[] Bytes, HashSet<int> Edges)> inputs, out int covered)
    {
        HashSet<int> taken = [];
        List<byte[]> kept = [];
        int room = BytesMax;
        while (kept.Count < FilesMax)
        {
            inputs.RemoveAll(input => input.Bytes.Length > room || input.Edges.IsSubsetOf(taken));
            if (inputs.Count == 0)
            {
                break;
            }

            (byte[] bytes, HashSet<int> edges) = inputs.MaxBy(
                input => (input.Edges.Count(edge => !taken.Contains(edge)), -input.Bytes.Length));
            kept.Add(bytes);
            taken.UnionWith(edges);
            room -= bytes.Length;
        }

        covered = taken.Count;
        return kept;
    }

    private static void Write(string folder, List<byte[]> kept)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        for (int i = 0; i < kept.Count; i++)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{i:00}"), kept[i]);
        }
    }

    private HashSet<int> EdgesOf(byte[] bytes)
    {
        new Span<byte>(_map, MapBytes).Clear();
        _place.SetValue(null, 0);
        try
        {
            _target.Run(bytes);
        }
        catch (Exception found)
        {
            Console.Error.WriteLine($"{_target.Name}: a finding is left out: {found.Message}");
            return [];
        }

        return [.. Enumerable.Range(0, MapBytes).Where(edge => _map[edge] != 0)];
    }
}
