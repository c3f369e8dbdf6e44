using System.Collections.Immutable;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder;

/// <summary>GO6: what is worth knowing of a host half-way; and what can be wrong with its state.</summary>
internal static class RecoveryEntries
{
    public static ImmutableArray<DiagnosticEntry> States { get; } =
    [
        new(StateContradicted, "two states that exclude each other",
            "'{id}' cannot be '{state}' while its session '{session}' is '{sessionState}'.",
            "Correct one of the two; a session that is not named is '{unnamed}'.",
            "Nothing of a held session was retrieved. Nothing of a finished one still can be: what was "
            + "not retrieved by then was discarded, and is lost. Nothing of a lost session is there, and "
            + "nothing of a closed one is preserved, though what is dead stays dead."),
        new(StateOfNoFile, "a state of something that is no file",
            "'{id}' has no state of its own: {rule}.",
            "[Give the state of '{carrier}' instead.]",
            "Only files are preserved and retrieved. What a file carries has the file's state, and what "
            + "the kernel moves by itself has none."),
        new(StateRepeated, "a state that stands twice",
            "The state of '{id}' stands twice; the first is at line {firstLine}.",
            "Remove one of the two.",
            "Two states of one thing would leave open which of them counts."),
    ];

    public static ImmutableArray<DiagnosticEntry> All { get; } =
    [
        new(PreserveOrderAssumed, "the preserve order is assumed",
            "No plan was given, so files count as preserved in the order of the canonical plan.",
            "Where another plan ran, give it: --plan PLAN.",
            "Inside a session the kernel finishes, and unpreserves, in reverse of the order in which "
            + "files were preserved. The plan that ran tells that order. Without it the plan that this "
            + "version would make is assumed."),
        new(PreserveOrderUnknown, "the preserve order is not known",
            "No plan was given and the set has no legal order, so the order inside sessions is not "
            + "known: what hangs on it counts as pinned.",
            "Give the plan that ran: --plan PLAN.",
            "Inside a session the kernel finishes, and unpreserves, in reverse of the order in which "
            + "files were preserved. Where nobody knows that order, a session that holds both the "
            + "needing and the needed file is not called safe. 'preserved' in the set tells it too, "
            + "where it names all files of a session."),
        new(QuietAssumed, "something counts as quiet because you say so",
            "{0} counts as quiet because you say so; nothing here can check it.",
            "",
            "An object is quiet when no device can write through it any more. What was not retrieved, "
            + "and may stand behind a device's writes, is not quiet by itself: somebody must take the "
            + "device off the bus, clear its bus mastering or reset it, and then say so."),
        new(QuietAlready, "something is quiet anyway",
            "{0} is quiet anyway, so that assuming it changes nothing.",
            "Check the id.",
            "What is finished is quiet, and so is what was not retrieved and cannot stand behind a "
            + "device's writes."),
        new(FinishRefused, "a session that the kernel will not finish",
            "{0} is not retrieved and cannot be any more, so {release} answers {errno} to every finish "
            + "of session '{session}'.",
            "Only a reboot of the host ends that session.",
            "The posted handlers of iommufd and vfio devices have a can_finish that says no until the "
            + "file is retrieved. A session finishes as a whole or not at all, and a failed retrieve is "
            + "kept, so the answer never changes."),
        new(StillFrozen, "a freeze that has not ended",
            "{*} is frozen: the reboot call has not come back, and calls on sessions wait for it.",
            "Wait until it does, then ask again with 'unfrozen', or 'dead' for a vfio device.",
            "During the reboot call the kernel holds a lock that every other call on a session needs. "
            + "Where the jump fails it takes the freeze back and lets go of the lock."),
    ];
}
