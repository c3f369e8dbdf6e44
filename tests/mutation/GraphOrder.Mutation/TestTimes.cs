using System.Globalization;

namespace GraphOrder.Mutation;

/// <summary>
/// How many seconds each test takes, once its code is compiled and without a change. Thread-safe.
/// </summary>
internal sealed class TestTimes
{
    private readonly Dictionary<string, double> _seconds;

    private TestTimes(Dictionary<string, double> seconds) => _seconds = seconds;

    /// <summary>All together, in seconds.</summary>
    public double Sum => _seconds.Values.Sum();

    /// <summary>How long a test may take with a change.</summary>
    public TimeSpan Limit(string name) => TimeSpan.FromSeconds(5 + (5 * _seconds.GetValueOrDefault(name)));

    /// <summary>The quickest, which take together no more than a part of what all take.</summary>
    /// <param name="part">Between 0 and 1.</param>
    public HashSet<string> Quickest(double part)
    {
        double left = part * Sum;
        HashSet<string> quickest = [];
        foreach ((string name, double seconds) in _seconds.OrderBy(static test => test.Value))
        {
            left -= seconds;
            if (left >= 0)
            {
                quickest.Add(name);
            }
        }

        return quickest;
    }

    /// <summary>Writes a file of them, whole or not at all.</summary>
    public static void Write(string path, IEnumerable<KeyValuePair<string, double>> seconds)
    {
        string beside = $"{path}.{Environment.ProcessId}";
        File.WriteAllLines(beside, seconds.Select(static test =>
            string.Create(CultureInfo.InvariantCulture, $"{test.Value:R}\t{test.Key}")));
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Reads what was written.</summary>
    public static TestTimes Read(string path)
    {
        Dictionary<string, double> seconds = [];
        foreach (string line in File.ReadLines(path))
        {
            string[] parts = line.Split('\t', 2);
            seconds[parts[1]] = double.Parse(parts[0], CultureInfo.InvariantCulture);
        }

        return new TestTimes(seconds);
    }
}
