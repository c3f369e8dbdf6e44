using GraphOrder.KernelBehaviour;

namespace GraphOrder.LiveUpdate.Tests.Simulation;

/// <summary>Every row that Linux 7.3.4 was seen to answer, asked of the simulated kernel.</summary>
[TestFixture]
public sealed class BehaviourTests
{
    private static IEnumerable<TestCaseData> Rows() =>
        BehaviourTable.Rows.Select(row => new TestCaseData(row).SetArgDisplayNames(row.Name));

    [TestCaseSource(nameof(Rows))]
    public void It_answers_as_Linux(BehaviourRow row)
    {
        SimulatedMachine machine = new(new SimulatedKernel());
        for (int kernel = 1; kernel <= BehaviourTable.KernelCount; kernel++)
        {
            if (row.In(kernel) is BehaviourStage stage)
            {
                Assert.That(BehaviourTable.Run(row, kernel, machine), Is.EqualTo(stage.Expected), $"kernel {kernel}");
            }

            machine.Kexec();
        }
    }

    // As in a guest, where a kexec is dear.
    [Test]
    public void All_rows_can_share_their_kernels()
    {
        SimulatedMachine machine = new(new SimulatedKernel());
        for (int kernel = 1; kernel <= BehaviourTable.KernelCount; kernel++)
        {
            foreach (BehaviourRow row in BehaviourTable.Rows)
            {
                if (row.In(kernel) is BehaviourStage stage)
                {
                    string answer = BehaviourTable.Run(row, kernel, machine);
                    Assert.That(answer, Is.EqualTo(stage.Expected), row.Name);
                }
            }

            machine.Kexec();
        }
    }

    [Test]
    public void Every_row_has_a_name_of_its_own() =>
        Assert.That(BehaviourTable.Rows.Select(row => row.Name), Is.Unique);
}
