using GraphOrder.KernelBehaviour;

namespace GraphOrder.Kernel.Tests;

/// <summary>
/// What the booted kernel answers, row by row: what the table says, which is what the simulator is held to by
/// its own tests. All rows run in one guest, over three kernels.
/// </summary>
[TestFixture]
public sealed class BehaviourTests
{
    private static readonly Lazy<BootLog> Booted = new(() => Guest.Boot(new BootOptions("behaviour")));

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
            }
        });
    }

    [Test]
    public void All_rows_ran_and_the_machine_came_to_its_end() => Booted.Value.AssertGood();

    private static IEnumerable<TestCaseData> Rows() =>
        BehaviourTable.Rows.Select(row => new TestCaseData(row.Name).SetName(row.Name));
}
