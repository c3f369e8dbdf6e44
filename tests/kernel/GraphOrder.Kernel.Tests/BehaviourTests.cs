using System.Collections.Concurrent;
using GraphOrder.KernelBehaviour;
using GraphOrder.LiveUpdate.Tests.Simulation;

namespace GraphOrder.Kernel.Tests;

/// <summary>
/// What the booted kernel answers, row by row: what the table says, and what the simulator answers. All rows
/// of a machine run in one guest, over as many kernels as they need.
/// </summary>
[TestFixture]
public sealed class BehaviourTests
{
    private static readonly ConcurrentDictionary<string, Lazy<BootLog>> Booted = [];

    // By machine, and in it by kernel and row.
    private static readonly ConcurrentDictionary<string, Dictionary<(int, string), string>> Simulated = [];

    [TestCaseSource(nameof(Rows))]
    public void The_kernel_answers_as_the_table_says(string name)
    {
        _ = Guest.DemandKernel();
        BehaviourRow row = BehaviourTable.Find(name)!;
        List<string> answers = Boot(row.Machine).After("row");
        Dictionary<(int, string), string> simulated = Simulated.GetOrAdd(row.Machine, Simulate);
        Assert.Multiple(() =>
        {
            foreach (BehaviourStage stage in row.Stages)
            {
                string start = $"{stage.Kernel} {name} = ";
                Assert.That(
                    answers.Where(line => line.StartsWith(start)).Select(line => line[start.Length..]),
                    Is.EqualTo(new[] { stage.Expected }), $"kernel {stage.Kernel}");
                Assert.That(
                    simulated[(stage.Kernel, name)], Is.EqualTo(stage.Expected), $"simulator {stage.Kernel}");
            }
        });
    }

    [TestCaseSource(nameof(Machines))]
    public void All_rows_of_a_machine_ran_and_it_came_to_its_end(string machine)
    {
        BootLog log = Boot(machine);
        if (BehaviourTable.PanicOf(machine) is not string panic)
        {
            log.AssertGood();
            return;
        }

        Assert.That(log.Text, Does.Contain(panic));
        Assert.That(log.After("kernel"), Is.EqualTo(new[] { "1 behaviour" }), log.Text);
        Assert.That(log.Lines.Where(line => line.StartsWith("bad ")), Is.Empty, log.Text);
    }

    private static BootLog Boot(string machine) => Booted.GetOrAdd(
        machine,
        static name => new(() => Guest.Boot(new BootOptions("behaviour", name.Replace(' ', '-'))
        {
            // A panic comes before there is a console.
            KernelWords = BehaviourTable.PanicOf(name) is null ? "" : "earlyprintk=serial,ttyS0,115200",
        }))).Value;

    private static Dictionary<(int, string), string> Simulate(string name)
    {
        Dictionary<(int, string), string> answers = [];
        SimulatedMachine machine = new();
        for (int kernel = 1; kernel <= BehaviourTable.KernelCount(name); kernel++)
        {
            foreach (BehaviourRow row in BehaviourTable.Of(name).Where(row => row.In(kernel) is not null))
            {
                answers[(kernel, row.Name)] = BehaviourTable.Run(row, kernel, machine);
            }

            if (BehaviourTable.PanicOf(name) is not null)
            {
                machine.KexecIntoPanic();
                break;
            }

            if (kernel < BehaviourTable.KernelCount(name))
            {
                machine.Kexec();
            }
        }

        return answers;
    }

    private static IEnumerable<TestCaseData> Rows() =>
        BehaviourTable.Rows.Select(row => new TestCaseData(row.Name).SetName(row.Name));

    private static IEnumerable<TestCaseData> Machines() =>
        BehaviourTable.Machines.Select(name => new TestCaseData(name).SetArgDisplayNames(name));
}
