using GraphOrder.Tests.Documents;
using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Verification;

/// <summary><c>goplan_check.h</c> as a file of C, and under inputs that mean harm.</summary>
[TestFixture]
public sealed class GoplanHeaderTests
{
    private const string Use = """
        #include "goplan_check.h"
        int use(goplan_plan *plan, const void *bytes, size_t length, uint32_t *scratch);
        int use(goplan_plan *plan, const void *bytes, size_t length, uint32_t *scratch)
        {
            goplan_step step;
            size_t words = goplan_scratch_words(bytes, length);
            int any = goplan_check(plan, bytes, length, scratch, words, NULL) == GOPLAN_LEGAL;
            for (any = any && goplan_first(plan, GOPLAN_RETRIEVE, &step); any; any = goplan_next(plan, &step))
                if (goplan_carried(plan, &step, 0).length > 0 || step.is_done)
                    return 1;
            return (int)goplan_session(plan, GOPLAN_ORDER_FINISH, 0).length;
        }
        """;

    [TestCase("gcc", "c99", "use.c")]
    [TestCase("gcc", "c17", "use.c")]
    [TestCase("g++", "c++17", "use.cpp")]
    [TestCase("clang", "c99", "use.c")]
    [TestCase("clang++", "c++17", "use.cpp")]
    public void It_compiles_without_a_warning_and_calls_nothing(string compiler, string standard, string name)
    {
        string built = GoplanPrograms.Compile(compiler, standard, name, Use + "\n");

        (int exitCode, string output) = GoplanPrograms.Run("nm", "--undefined-only", "--format=just-symbols", built);

        // What a compiler may make of a loop, and every freestanding program has (C99, 4 p. 6; GCC, "Standards").
        string[] allowed = ["memcpy", "memmove", "memset", "memcmp", "_GLOBAL_OFFSET_TABLE_"];
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(allowed), Is.Empty);
    }

    [Test]
    public void It_includes_only_what_is_freestanding() => Assert.That(
        File.ReadLines(Path.Combine(GoplanPrograms.Include, "goplan_check.h"))
            .Where(line => line.StartsWith("#include", StringComparison.Ordinal)),
        Is.EqualTo(new[] { "#include <stddef.h>", "#include <stdint.h>" }));

    [Test]
    public void Every_name_has_the_prefix()
    {
        string text = File.ReadAllText(Path.Combine(GoplanPrograms.Include, "goplan_check.h"));
        string built = GoplanPrograms.Compile("gcc", "c99", "names.c", Use + "\n");

        (_, string output) = GoplanPrograms.Run("nm", "--format=just-symbols", built);

        Assert.That(
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            Is.All.Matches<string>(name => name is "use" || name.Contains("goplan_") || name.StartsWith("mem")
                || name.StartsWith(".LC") || IsLocal(name)));
        Assert.That(
            System.Text.RegularExpressions.Regex.Matches(text, @"(?m)^#define (\w+)")
                .Select(found => found.Groups[1].Value),
            Is.All.StartsWith("GOPLAN_"));

        static bool IsLocal(string name) =>
            System.Text.RegularExpressions.Regex.IsMatch(name, @"^\w+\.\d+$");
    }

    [Test]
    public void A_small_certificate_survives_every_change_of_a_byte_and_many_of_two()
    {
        using TemporaryFolder folder = new();
        ModelText[] models = [ModelText.Linux73, ModelText.ExplicitGraph, ModelText.Own];
        string[] paths = [.. SmallCertificates(models).Select((bytes, i) => folder.Write($"{i}", bytes))];

        (int exitCode, string output) = GoplanPrograms.Run(
            GoplanPrograms.Sanitizing("tests/certificate/hammer_goplan.c"), ["0", .. paths]);

        TestContext.Out.Write(output);
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Match(@"^\d{7,} inputs, \d+ of them legal\n$"));
    }

    [Test]
    public void Fuzzing_by_coverage_finds_nothing_in_a_moment()
    {
        using TemporaryFolder folder = new();
        string[] seeds = [.. SmallCertificates(ModelText.All).Select((bytes, i) => folder.Write($"{i}", bytes))];
        string program = GoplanPrograms.Build(
            "clang",
            "tests/certificate/fuzz_goplan.c",
            [
                "-std=c99", "-O1", "-g", "-fno-sanitize-recover=undefined",
                "-fsanitize=address,undefined,fuzzer",
            ]);

        (int exitCode, string output) = GoplanPrograms.Run(
            program,
            "-runs=30000",
            "-seed=5",
            "-max_len=4096",
            Path.GetDirectoryName(seeds[0])!,
            Repository.In("tests", "certificate", "corpus"));

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Contain("Done 30000 runs"));
    }

    // One of each model, with acts, what the kernel moves and what it has.
    private static List<byte[]> SmallCertificates(ModelText[] models)
    {
        List<byte[]> found = [];
        foreach (ModelText model in models)
        {
            for (int seed = 0; ; seed++)
            {
                RandomSets sets = new(seed, withActs: true);
                SessionSet set = sets.Next(objectMax: 7, sessionMax: 3, isOrdered: true);
                PlanOptions options = new() { WithCertificate = true };
                bool isWanted = set.Dependencies.Length > 3
                    && set.Objects.Any(found => found.IsMovedByKernel)
                    && set.Objects.Any(found => found.Act is not null || model == ModelText.GlobalFinish)
                    && set.Sessions.Length > 1
                    && (set.Sessions[0].Preserved.Length > 0 || model != ModelText.Linux73);
                if (isWanted && Planner.Plan(set, model.Kernels, options).TryGetPlan(out Plan? plan))
                {
                    using MemoryStream stream = new();
                    BinaryCertificateWriter.Write(stream, plan);
                    found.Add(stream.ToArray());
                    break;
                }
            }
        }

        return found;
    }
}
