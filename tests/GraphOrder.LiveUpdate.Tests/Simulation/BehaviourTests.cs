using System.Text.RegularExpressions;
using GraphOrder.KernelBehaviour;

namespace GraphOrder.LiveUpdate.Tests.Simulation;

/// <summary>Every row that Linux 7.3.4 was seen to answer, asked of the simulated kernel.</summary>
[TestFixture]
public sealed partial class BehaviourTests
{
    private static IEnumerable<TestCaseData> Rows() =>
        BehaviourTable.Rows.Select(row => new TestCaseData(row).SetArgDisplayNames(row.Name));

    [TestCaseSource(nameof(Rows))]
    public void It_answers_as_Linux(BehaviourRow row) => Run([row]);

    // As in a guest, where a kexec is dear.
    [TestCaseSource(typeof(BehaviourTable), nameof(BehaviourTable.Machines))]
    public void All_rows_of_a_machine_can_share_its_kernels(string machine) =>
        Run([.. BehaviourTable.Of(machine)]);

    [Test]
    public void Every_row_has_a_name_of_its_own() =>
        Assert.That(BehaviourTable.Rows.Select(row => row.Name), Is.Unique);

    [Test]
    public void The_list_of_what_was_observed_names_every_row_and_no_other()
    {
        string list = File.ReadAllText(Repository.In("tests", "kernel", "ROWS.md"));
        list = list[..list.IndexOf("## What no program sees", StringComparison.Ordinal)];
        IEnumerable<string> named = list.Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains('`', StringComparison.Ordinal))
            .SelectMany(line => Quoted().Matches(line).Select(match => match.Groups[1].Value));
        Assert.That(named.Distinct(), Is.EquivalentTo(BehaviourTable.Rows.Select(row => row.Name)));
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    private static void Run(BehaviourRow[] rows)
    {
        SimulatedMachine machine = new();
        int last = rows.Max(row => row.Stages.Max(stage => stage.Kernel));
        for (int kernel = 1; kernel <= last; kernel++)
        {
            foreach (BehaviourRow row in rows)
            {
                if (row.In(kernel) is BehaviourStage stage)
                {
                    string answer = BehaviourTable.Run(row, kernel, machine);
                    Assert.That(answer, Is.EqualTo(stage.Expected), $"{row.Name}, kernel {kernel}");
                }
            }

            if (Array.Exists(rows, row => row.Panic is not null))
            {
                machine.KexecIntoPanic();
                return;
            }

            machine.Kexec();
        }
    }
}
