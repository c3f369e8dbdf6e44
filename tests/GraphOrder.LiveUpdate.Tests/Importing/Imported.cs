using System.Text;

namespace GraphOrder.LiveUpdate.Tests;

/// <summary>Makes sources of texts, and says what an import that failed says.</summary>
internal static class Imported
{
    public static ImportSource Source(string text, string name = "file") =>
        new(name, new MemoryStream(Encoding.UTF8.GetBytes(text)));

    public static string Error(ImportResult result)
    {
        Assert.That(result.TryGetSet(out _), Is.False);
        Diagnostic error = result.Diagnostics.Single();
        string place = error.Location.IsKnown ? $"{error.Location}: " : "";
        return $"{place}{error.Code.Text()}: {DiagnosticSentences.Sentence(error)}";
    }

    /// <summary>
    /// Changes a text at random many times: each variant is a set that is read, or an error with a code.
    /// </summary>
    public static void Mutate(string text, int variants, Func<ImportSource, ImportResult> import)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] telling = "{}[]\",:=|\t\n\0'\\ -0x9@"u8.ToArray();
        int refused = 0;
        for (int seed = 0; seed < variants; seed++)
        {
            Random random = new(seed);
            List<byte> changed = [.. bytes];
            for (int i = random.Next(1, 6); i > 0 && changed.Count > 1; i--)
            {
                int at = random.Next(changed.Count);
                switch (random.Next(5))
                {
                    case 0:
                        changed[at] = telling[random.Next(telling.Length)];
                        break;
                    case 1:
                        changed[at] = (byte)random.Next(256);
                        break;
                    case 2:
                        changed.RemoveRange(at, Math.Min(random.Next(1, 12), changed.Count - at));
                        break;
                    case 3:
                        changed.InsertRange(at,
                            changed.GetRange(at, Math.Min(random.Next(1, 40), changed.Count - at)));
                        break;
                    default:
                        changed.Insert(at, telling[random.Next(telling.Length)]);
                        break;
                }
            }

            ImportResult result = import(new("variant", new MemoryStream([.. changed])));
            if (!result.TryGetSet(out SessionSet? set))
            {
                Assert.That(result.Diagnostics.Any(found => found.IsError), Is.True, $"{seed}");
                Assert.That(DiagnosticSentences.Message(result.Diagnostics[0]), Does.EndWith("."), $"{seed}");
                refused++;
                continue;
            }

            Assert.That(() => Planner.Plan(set, KernelPair.Linux73), Throws.Nothing, $"{seed}");
        }

        Assert.That(refused, Is.InRange(1, variants - 1));
    }

    public static void MatchesGolden(ImportResult result, string name)
    {
        SessionSet set = HandOverImportTests.Sound(result, out string document);
        Assert.That(Planner.Plan(set, KernelPair.Linux73).TryGetPlan(out _), Is.True);
        Golden.Compare(
            Repository.In("tests", "GraphOrder.LiveUpdate.Tests", "Golden", "Importing", name), document);
    }
}
