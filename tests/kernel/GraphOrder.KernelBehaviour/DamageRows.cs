using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelBehaviour;

/// <summary>
/// What the next kernel makes of a hand-over that was damaged before the jump. It has no checksum: much is
/// taken in silence.
/// </summary>
internal static class DamageRows
{
    private const int Pages = 3;
    private const int PageBytes = 4096;
    private const ulong Damaged = 1;
    private const ulong Sound = 2;

    public static BehaviourRow[] Rows { get; } =
    [
        Row("seals that there are not", HandoverDamage.UnknownSeals, 1, "EOPNOTSUPP EOPNOTSUPP same OK"),
        Row("no table of pages", HandoverDamage.NoTable, 2, "EINVAL EINVAL same OK"),
        Row("a table of another length", HandoverDamage.WrongTableLength, 3, "EINVAL EINVAL same OK"),
        Row("a page that was not preserved", HandoverDamage.UnpreservedPage, 4, "EIO EIO same OK"),
        Row("a page that is missing", HandoverDamage.MissingPage, 5, "OK OK hole same same 0 same OK"),
        Row("a page fewer", HandoverDamage.FewerPages, 6, "OK OK same same hole 0 same OK"),
        Row("a size of a page more", HandoverDamage.LongerSize, 7, "OK OK same same same hole 4096 same OK"),
        Row("a flag that there is not", HandoverDamage.UnknownFlag, 8, "OK OK same same same 0 same OK"),
        Row("a flag of a table that there is not", HandoverDamage.UnknownTableFlag, 9, "OK OK same same same 0 same OK"),
        new(
            "a hand-over with another count of live updates",
            new BehaviourStage(1, static script => script.Machine.Damage(HandoverDamage.UpdateNumber), ""),
            new BehaviourStage(2, static script => script.Tell(script.Machine.UpdateNumber), "41"))
        {
            Machine = "damage",
        },
        new(
            "a hand-over of another version",
            new BehaviourStage(1, static script => Hand(script, HandoverDamage.HandoverVersion), ""),
            new BehaviourStage(2, Gone, "ENOENT 0"))
        {
            Machine = "version",
        },
        new(
            "a list of another version",
            new BehaviourStage(1, static script => Hand(script, HandoverDamage.ListVersion), ""))
        {
            Machine = "panic",
            Panic = "The incoming tree failed to initialize properly",
        },
    ];

    private static BehaviourRow Row(string what, HandoverDamage damage, int number, string expected) =>
        new(
            "a hand-over with " + what,
            new BehaviourStage(1, script => Hand(script, damage, BytesOf(number)), ""),
            new BehaviourStage(2, script => Back(script, BytesOf(number)), expected))
        {
            Machine = "damage",
        };

    // No two have one size, by which a record is found in the memory of a real machine.
    private static int BytesOf(int number) => (Pages * PageBytes) - (sizeof(long) * number);

    private static void Hand(Script script, HandoverDamage damage, int bytes = PageBytes)
    {
        int session = script.Session();
        int memory = script.Memory(bytes);
        script.Preserve(session, memory, Damaged);
        script.Preserve(session, script.Memory(PageBytes), Sound);
        script.Machine.Damage(damage, memory, script.Row.Prefix, Damaged);
        script.Keep(session);
    }

    private static void Back(Script script, int bytes)
    {
        int session = script.Incoming();
        CallResult file = script.Retrieve(session, Damaged);
        script.Tell(file);
        script.Tell(script.Retrieve(session, Damaged));
        if (file.IsDone)
        {
            TellPages(script, file.Descriptor, bytes);
        }

        script.TellContent(script.Retrieve(session, Sound).Descriptor, PageBytes);
        script.Tell(script.Finish(session));
    }

    // Of each page whether it is as it was, or a hole, or anything else; then by how much it is longer.
    private static void TellPages(Script script, int memory, int bytes)
    {
        _ = script.Calls.Status(memory, out FileStatus status);
        byte[] read = new byte[status.Bytes];
        _ = script.Calls.ReadAt(memory, read, 0);
        byte[] expected = new byte[Math.Max(bytes, read.Length)];
        Script.Pattern(bytes).CopyTo(expected.AsSpan());
        for (int start = 0; start < read.Length; start += PageBytes)
        {
            int count = Math.Min(PageBytes, read.Length - start);
            ReadOnlySpan<byte> page = read.AsSpan(start, count);
            bool isHole = !page.ContainsAnyExcept((byte)0)
                && script.Calls.SeekExtent(memory, start, toHole: true).Value == start;
            script.Tell(isHole ? "hole"
                : page.SequenceEqual(expected.AsSpan(start, count)) ? "same" : "other");
        }

        script.Tell(status.Bytes - bytes);
    }

    private static void Gone(Script script)
    {
        script.Tell(script.RetrieveSession(script.Device()));
        script.Tell(script.Machine.UpdateNumber);
    }
}
