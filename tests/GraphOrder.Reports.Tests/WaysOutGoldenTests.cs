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

    [Test]
    public void Files_of_two_sessions_get_one_new_session() => Compare("ways-out-new-session", """
        { "schema": "graphorder/session-set/1",
          "sessions": [ { "name": "vm-01" }, { "name": "vm-02" }, { "name": "vm-03" }, { "name": "vm-04" } ],
          "objects": [
            { "id": "vm-01/shm", "kind": "memfd", "session": "vm-01", "token": "0x1" },
            { "id": "vm-01/dax", "kind": "memfd", "session": "vm-01", "token": "0x2" },
            { "id": "vm-02/shm", "kind": "memfd", "session": "vm-02", "token": "0x1" },
            { "id": "vm-02/dax", "kind": "memfd", "session": "vm-02", "token": "0x2" },
            { "id": "vm-03/shm", "kind": "memfd", "session": "vm-03", "token": "0x1" },
            { "id": "vm-03/dax", "kind": "memfd", "session": "vm-03", "token": "0x2" },
            { "id": "vm-04/shm", "kind": "memfd", "session": "vm-04", "token": "0x1" },
            { "id": "vm-04/dax", "kind": "memfd", "session": "vm-04", "token": "0x2" } ],
          "dependencies": [
            { "dependent": "vm-01/shm", "on": "vm-02/shm", "phases": [ "finish" ], "declaredBy": "vmm" },
            { "dependent": "vm-02/dax", "on": "vm-01/dax", "phases": [ "finish" ], "declaredBy": "vmm" },
            { "dependent": "vm-02/dax", "on": "vm-03/dax", "phases": [ "finish" ], "declaredBy": "agent" },
            { "dependent": "vm-03/shm", "on": "vm-04/shm", "phases": [ "finish" ], "declaredBy": "vmm" },
            { "dependent": "vm-04/dax", "on": "vm-03/dax", "phases": [ "finish" ], "declaredBy": "vmm" } ] }
        """);

    [Test]
    public void What_no_move_unties_is_waived_and_the_rest_moved() => Compare("ways-out-combined", """
        { "schema": "graphorder/session-set/1", "sessions": [ { "name": "vm-01" }, { "name": "vm-02" } ],
          "objects": [
            { "id": "vm-01/shm", "kind": "memfd", "session": "vm-01", "token": "0x1" },
            { "id": "vm-01/dax", "kind": "memfd", "session": "vm-01", "token": "0x2" },
            { "id": "vm-02/shm", "kind": "memfd", "session": "vm-02", "token": "0x3" },
            { "id": "vm-02/dax", "kind": "memfd", "session": "vm-02", "token": "0x4" } ],
          "dependencies": [
            { "dependent": "vm-01/shm", "on": "vm-02/shm", "phases": [ "finish" ], "declaredBy": "vmm" },
            { "dependent": "vm-02/dax", "on": "vm-01/dax", "phases": [ "finish" ], "declaredBy": "vmm" },
            { "dependent": "vm-01/dax", "on": "vm-01/shm", "phases": [ "retrieve" ], "declaredBy": "vmm" },
            { "dependent": "vm-01/shm", "on": "vm-01/dax", "phases": [ "retrieve" ], "strength": "soft",
              "weight": 2, "declaredBy": "agent" } ] }
        """);

    [Test]
    public void Acts_go_with_their_session_or_keep_it() => Compare("ways-out-acts", """
        { "schema": "graphorder/session-set/1",
          "sessions": [ { "name": "vm-01", "blackout": [ "vm-01/pause", "vm-01/resume" ] },
            { "name": "vm-02", "blackout": [ "vm-02/pause", "vm-02/resume" ] },
            { "name": "vm-03", "blackout": [ "vm-03/pause", "vm-03/resume" ] }, { "name": "shm" } ],
          "objects": [
            { "id": "vm-01/ram", "kind": "memfd", "session": "vm-01", "token": "0x1" },
            { "id": "vm-01/ring", "kind": "memfd", "session": "vm-01", "token": "0x2" },
            { "id": "vm-01/pause", "kind": "act", "session": "vm-01", "phase": "preserve", "when": "late" },
            { "id": "vm-01/resume", "kind": "act", "session": "vm-01", "phase": "retrieve", "needs": [ "vm-01/ram" ] },
            { "id": "vm-02/ram", "kind": "memfd", "session": "vm-02", "token": "0x3" },
            { "id": "vm-02/ring", "kind": "memfd", "session": "vm-02", "token": "0x4" },
            { "id": "vm-02/pause", "kind": "act", "session": "vm-02", "phase": "preserve", "when": "late" },
            { "id": "vm-02/resume", "kind": "act", "session": "vm-02", "phase": "retrieve", "needs": [ "vm-02/ram" ] },
            { "id": "vm-03/ram", "kind": "memfd", "session": "vm-03", "token": "0x1" },
            { "id": "vm-03/state", "kind": "memfd", "session": "vm-03", "token": "0x2" },
            { "id": "vm-03/pause", "kind": "act", "session": "vm-03", "phase": "preserve", "when": "late" },
            { "id": "vm-03/resume", "kind": "act", "session": "vm-03", "phase": "retrieve", "needs": [ "vm-03/ram" ] },
            { "id": "shm/ring", "kind": "memfd", "session": "shm", "token": "0x3" },
            { "id": "shm/log", "kind": "memfd", "session": "shm", "token": "0x4" },
            { "id": "unmap", "kind": "act", "session": "shm", "phase": "finish", "needs": [ "shm/ring" ] } ],
          "dependencies": [
            { "dependent": "vm-01/ram", "on": "vm-02/ram", "phases": [ "finish" ], "declaredBy": "vmm" },
            { "dependent": "vm-02/ring", "on": "vm-01/ring", "phases": [ "finish" ], "declaredBy": "vmm" },
            { "dependent": "vm-03/ram", "on": "shm/ring", "phases": [ "finish" ], "declaredBy": "vmm" },
            { "dependent": "shm/log", "on": "vm-03/state", "phases": [ "finish" ], "declaredBy": "vmm" } ] }
        """);

    [Test]
    public void A_session_and_an_act_in_a_cycle_are_taken_apart() => Compare("ways-out-act-cycle", """
        { "schema": "graphorder/session-set/1", "sessions": [ { "name": "vm-01" } ],
          "objects": [
            { "id": "ram", "kind": "memfd", "session": "vm-01", "token": "0x1" },
            { "id": "ring", "kind": "memfd", "session": "vm-01", "token": "0x2" },
            { "id": "unmap", "kind": "act", "session": "vm-01", "phase": "finish", "needs": [ "ram" ] } ],
          "dependencies": [
            { "dependent": "ring", "on": "unmap", "strength": "soft", "weight": 3, "declaredBy": "vmm" } ] }
        """);

    private static void Compare(string name, string json) =>
        Golden.Compare(name, Sample.Report(Sample.Parse(json), Sample.Options("set.json")));
}
