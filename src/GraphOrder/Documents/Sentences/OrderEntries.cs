using System.Collections.Immutable;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder;

/// <summary>GO0 and GO2: what can be wrong with an order, or worth knowing of it.</summary>
internal static class OrderEntries
{
    public static ImmutableArray<DiagnosticEntry> General { get; } =
    [
        new(MoreProblems, "more problems than are listed",
            "There are {count} more of {of}.",
            "Mend those that are listed first.",
            "The list of each code is cut so that it can be read."),
    ];

    public static ImmutableArray<DiagnosticEntry> All { get; } =
    [
        new(ObjectCycle, "a cycle of objects",
            "{*} wait for one another, so none of them can go first.",
            "Remove one of the dependencies of the walk, or one of its phases.",
            "Each object of the walk needs the next one in the same phase, so no order exists under any "
            + "model that moves them one by one. The walk is the shortest of its strong component and "
            + "names who declared each step."),
        new(FileCycle, "a cycle of files",
            "The [files and acts {steps}|files {files}] wait for one another, though the objects in them do "
            + "not.",
            "Move an object into another file, or remove a phase of one of the dependencies.",
            "Only files have preserve and retrieve calls; what they carry moves with them. Linux "
            + "derives the orders of freeze, unfreeze, unpreserve and finish inside a session from its "
            + "preserve order, so that dependencies of different phases can contradict one another: "
            + "unfreeze runs forward, for one."),
        new(SessionCycle, "a cycle of sessions",
            "The [sessions and acts {steps} must each come before the next one in {phase}"
            + "|sessions {sessions} must each {phase} before the next one], in a circle.",
            "Put the files that tie the sessions together into one session.",
            "A session is created, closed and finished as a whole: FINISH names no file. Where two "
            + "sessions each hold something that the other must let go of first, no order of sessions "
            + "is safe."),
        new(BeginningContradicted, "the kernel's state contradicts a dependency",
            "No order of {*} goes with what the kernel has already.",
            "Close and start again: {sessions}.",
            "The kernel's lists of sessions and of preserved files only grow at the end. A plan keeps "
            + "what is there; here none can. Closing a session unpreserves its files, after which they "
            + "can be preserved in a legal order."),
        new(CrossesSessions, "a needed file in another session",
            "{0} -> {1} crosses sessions: {source} looks for it in its own session by {phase}.",
            "Preserve both in one session.",
            "The handlers that are posted on the mailing lists look up what they need by its token "
            + "inside their own session, and answer ENOENT when it is not there. Linux 7.3 itself does "
            + "not check."),
        new(TokensAssigned, "tokens were assigned",
            "Tokens assigned: {count}, each the smallest one free in its session.",
            "",
            "The plan names the tokens. They stay the same as long as the set does."),
        new(Waived, "a dependency was waived",
            "The soft dependency {dependency} was waived.",
            "",
            "Soft dependencies bind like hard ones until somebody waives them by name."),
        new(PageTablesNotWalked, "page tables were not walked",
            "What {*} maps was not checked: page tables were not walked[, since {reason}].",
            "Declare what each domain maps.",
            "A page table may map memory that no dependency declares. Then a legal plan releases memory "
            + "under a device."),
        new(WaiverWithoutEffect, "a waiver without effect",
            "Waiving {dependency} changes nothing: {reason}.",
            "Only a soft dependency that binds can be waived: check the ids and the phase.",
            "A waiver names one dependency: DEPENDENT=>ON, or DEPENDENT=>ON@PHASE."),
        new(NoRepairHelps, "no repair helps",
            "No waiver, move, merge or split unties {*}.",
            "Follow the way out that stands with the error.",
            "A repair may waive soft dependencies, move files that the kernel has not preserved yet, and "
            + "merge or split sessions. None of that removes this cycle, so none is offered."),
        new(NoRepairFound, "no repair was found",
            "The search for ways out ended at its limit and found none.",
            "Mend one of the causes first, then plan again.",
            "The search is bounded in work, not in time, so that every machine gives the same answer. That "
            + "none was found does not mean that there is none."),
        new(RepairSearchLimited, "the search for repairs was limited",
            "The search for ways out ended at its limit: those that are listed work, but a cheaper one may "
            + "exist.",
            "",
            "The first way out is proved to be the cheapest while at most 8 sessions are tied together and "
            + "the search stays within its limit. That is counted in work, not in time, so that every "
            + "machine gives the same answer."),
        new(ActWithoutPlace, "an act in a phase that takes none",
            "{*} cannot be done in {phase}: {model} runs it by itself or all at once, and nobody is asked in "
            + "between.",
            "Put it into {instead}, with 'when': 'late' to do it as late as is legal.",
            "An act is a step of yours, so it stands where you make your calls: between two preserves, "
            + "retrieves, closes or finishes. Linux freezes and unfreezes inside the reboot call."),
        new(ActDependencyIdle, "a dependency with an act that binds nowhere",
            "{0} -> {1} binds in no phase: an act has a step in its own phase alone.",
            "Give the dependency the act's phase, or leave it out.",
            "A dependency with an act counts in the act's phase; between two acts of different phases there "
            + "is nothing to order, since the phases follow one another."),
        new(BlackoutTooLong, "a blackout longer than allowed",
            "The guest of {session} would be paused for {blackout}[, and {others} more for too long]; at "
            + "most {allowed} are allowed.",
            "No schedule of this order pauses it for less than {least}; make faster what its longest chain "
            + "waits for, or allow more.",
            "A blackout lasts from the start of the pause to the end of the resume. An order exists: only "
            + "the demand refuses it. Steps of one session follow one another as the plan has them, those "
            + "of different sessions run side by side under the limits of their classes."),
        new(BlackoutNotSaid, "no guest whose blackout could be held",
            "No session says between which acts its guest is paused, so that no blackout can be held.",
            "Give sessions a 'blackout', two acts of theirs that pause and resume, and costs to what lies "
            + "between.",
            "A demand that cannot be checked is not met."),
        new(CostsTooLarge, "costs that cannot be counted",
            "The costs of the set add up to more microseconds than can be counted, so there is no schedule.",
            "Give costs in microseconds.",
            "The sum of all costs, for as many guests as there are sessions, must fit into 63 bits."),
        new(CostsNotSaid, "blackouts that count what is not known as nothing",
            "Of the {of} steps that paused guests wait for {count} have no cost in the set, which counts as "
            + "0[; so does the jump, of which {kexec} is missing].",
            "Give them a cost, or take the blackouts for a lower bound.",
            "A demand that is met because a cost is missing may be broken on the host."),
    ];
}
