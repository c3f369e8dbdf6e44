namespace GraphOrder.Reports.Tests;

/// <summary>A refusal whose ways out are of each kind, with each price, as a person has read it.</summary>
[TestFixture]
public sealed class WaysOutGoldenTests
{
    private static readonly PhaseSet Finish = PhaseSet.Of(Phase.Finish);

    [Test]
    public void Tokens_and_metadata_are_part_of_the_price() => Compare("ways-out-tokens", """
        { "schema": "graphorder/session-set/1", "sessions": [ { "name": "vm-01" }, { "name": "vm-02" } ],
          "objects": [
            { "id": "vm-01/shm", "kind": "memfd", "session": "vm-01", "token": "0x1" },
            { "id": "vm-01/vhost", "kind": "file", "session": "vm-01", "token": "0x2" },
            { "id": "vm-01/state", "kind": "memfd", "session": "vm-01", "token": "0x3", "describes": [ "vm-01/shm" ] },
            { "id": "vm-02/shm", "kind": "memfd", "session": "vm-02", "token": "0x1" },
            { "id": "vm-02/vhost", "kind": "file", "session": "vm-02", "token": "0x2" } ],
          "dependencies": [
            { "dependent": "vm-01/vhost", "on": "vm-02/shm", "declaredBy": "vmm" },
            { "dependent": "vm-02/vhost", "on": "vm-01/shm", "declaredBy": "vmm" } ] }
        """);

    [Test]
    public void A_waiver_names_its_weight_and_its_danger() => Compare("ways-out-waive", """
        { "schema": "graphorder/session-set/1", "sessions": [ { "name": "s" } ],
          "objects": [
            { "id": "ioas", "kind": "ioas", "session": "s", "token": "0x1" },
            { "id": "ram", "kind": "memfd", "session": "s", "token": "0x2" } ],
          "dependencies": [
            { "dependent": "ioas", "on": "ram", "strength": "soft", "weight": 4, "declaredBy": "vmm" },
            { "dependent": "ram", "on": "ioas", "phases": [ "finish" ], "declaredBy": "agent" } ] }
        """);

    [Test]
    public void Several_causes_are_solved_by_one_way_out()
    {
        DependencyGraphBuilder builder = new();
        for (int i = 1; i <= 2; i++)
        {
            builder.AddSession($"left-{i}", out SessionId left)
                .AddSession($"right-{i}", out SessionId right)
                .AddFile(left, $"a{i}", ObjectKind.Memfd, out ObjectId a, token: 1)
                .AddFile(left, $"b{i}", ObjectKind.Memfd, out ObjectId b, token: 2)
                .AddFile(right, $"c{i}", ObjectKind.Memfd, out ObjectId c, token: 3)
                .AddFile(right, $"d{i}", ObjectKind.Memfd, out ObjectId d, token: 4)
                .AddDependency(a, on: c, Finish)
                .AddDependency(d, on: b, Finish, strength: DependencyStrength.Soft, weight: i);
        }

        Golden.Compare("ways-out-several", Sample.Report(builder.BuildSet(), Sample.Options("set.json")));
    }

    private static void Compare(string name, string json) =>
        Golden.Compare(name, Sample.Report(Sample.Parse(json), Sample.Options("set.json")));
}
