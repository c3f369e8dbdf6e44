using GraphOrder.KernelBehaviour;
using GraphOrder.LiveUpdate;
using GraphOrder.LiveUpdate.Tests.Simulation;

namespace GraphOrder.Kernel.Tests;

/// <summary>
/// What the booted kernel answers, row by row: what the table says, and what the simulator answers. All rows
/// run
/// in one guest, over three kernels.
/// </summary>
[TestFixture]
public sealed class BehaviourTests
{
    private static readonly Lazy<BootLog> Booted = new(() => Guest.Boot(new BootOptions("behaviour")));

    private static readonly Lazy<Dictionary<(int Kernel, string Row), string>> Simulated = new(Simulate);

    [TestCaseSource(nameof(Rows))]
    public void The_kernel_answers_as_the_table_says(string name)
    {
        _ = Guest.DemandKernel();
        List<string> answers = Booted.Value.After("row");
        BehaviourRow row = BehaviourTable.Find(name)!;
        Assert.Multiple(() =>
        {
            foreach (BehaviourStage stage in row.Stages)
            {
                string start = $"{stage.Kernel} {name} = ";
                Assert.That(
                    answers.Where(line => line.StartsWith(start)).Select(line => line[start.Length..]),
                    Is.EqualTo(new[] { stage.Expected }), $"kernel {stage.Kernel}");
                Assert.That(
                    Simulated.Value[(stage.Kernel, name)], Is.EqualTo(stage.Expected), $"simulator {stage.Kernel}");
            }
        });
    }

    [Test]
    public void All_rows_ran_and_the_machine_came_to_its_end() => Booted.Value.AssertGood();

    private static Dictionary<(int Kernel, string Row), string> Simulate()
    {
        Dictionary<(int Kernel, string Row), string> answers = [];
        SimulatedMachine machine = new(new SimulatedKernel());
        for (int kernel = 1; kernel <= BehaviourTable.KernelCount; kernel++)
        {
            foreach (BehaviourRow row in BehaviourTable.Rows.Where(row => row.In(kernel) is not null))
            {
                answers[(kernel, row.Name)] = BehaviourTable.Run(row, kernel, machine);
            }

            if (kernel < BehaviourTable.KernelCount)
            {
                machine.Kexec();
            }
        }

        return answers;
    }

    private static IEnumerable<TestCaseData> Rows() =>
        BehaviourTable.Rows.Select(row => new TestCaseData(row.Name).SetName(row.Name));
}
