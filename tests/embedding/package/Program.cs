// Plans a session set with nothing but the packages: the plan as JSON, or with --text as people read it.
using GraphOrder;
using GraphOrder.Mappings;
using GraphOrder.Reports;

string path = args[0];
using FileStream stream = File.OpenRead(path);
SessionSet read = SessionSet.Read(stream, path);
string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
SessionSet set = read.With(new PageTableSource(folder).Walk(read));
PlanResult result = Planner.Plan(set, KernelPair.Of(set.Host));

using Stream output = Console.OpenStandardOutput();
if (args is [_, "--text"])
{
    using StreamWriter writer = new(output);
    TextReportOptions options = new() { SetName = path };
    TextReport.WritePlan(writer, set, KernelPair.Of(set.Host), result, options);
}
else
{
    PlanWriter.Write(output, result);
}

return result.IsLegal ? 0 : 1;
