using System.Collections.Immutable;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder;

/// <summary>GO61: what stands against running a plan on the machine, before its kernel is asked.</summary>
internal static class RunEntries
{
    public static ImmutableArray<DiagnosticEntry> All { get; } =
    [
        new(DescriptorMissing, "no descriptor was handed over",
            "{*}: no descriptor was handed over.",
            "Hand it over: --descriptors FILE, or --from SOCKET.",
            "A file is preserved by its descriptor, and only who holds it can say which it is. A session's "
                + "is "
            + "not needed where the run owns /dev/liveupdate itself and creates it."),
        new(DescriptorDiffers, "a descriptor is not what the set says",
            "'{0}' has {fact} {found}; the set says {declared}.",
            "Correct the set and plan again, or hand over the right descriptor.",
            "The plan was made for what the set says. What a descriptor shows is what the kernel would "
            + "preserve, and the kernel compares nothing."),
        new(CustodyNotHeld, "a session is not in the custody that was named",
            "Session {*} is held by {holders}, not by {custody}.",
            "Have it held there (a unit's descriptor store; or --holder PID for a process that is not called "
            + "luod), or take --custody self.",
            "Whoever holds the last descriptor of a session decides about it: when that closes, the old "
            + "kernel unpreserves its files and the new one finishes it. So it must be known who holds it at "
            + "the reboot call, and that it outlives everybody else."),
        new(ImageMissing, "no kernel is loaded",
            "No kernel is loaded that could take over, so the reboot call would answer EINVAL.",
            "Load one: --kernel FILE --initrd FILE --append TEXT, or `kexec -l -s`.",
            "It must be loaded by kexec_file_load. One that was loaded by the older kexec_load is started "
                + "all "
            + "the same, gets no hand-over, and all that was preserved is lost without a word."),
        new(SessionOpenAlready, "a session of this name is open",
            "Session '{0}' is open already in process {process} ({command}).",
            "Close it there, or hand its descriptor over and say in the set that it is created.",
            "The kernel answers EEXIST to a second session of one name, and a name must not be tried out by "
            + "creating it: at a multiple of 51 sessions the attempt leaves an empty block behind, which the "
            + "next kernel panics on."),
        new(LiveUpdateOff, "the running kernel has no live update",
            "There is no /dev/liveupdate[, and the kernel was booted without {missing}].",
            "Boot a kernel with CONFIG_LIVEUPDATE with liveupdate=on kho=on, and look for 'luo:' in its log.",
            "Live update needs CONFIG_LIVEUPDATE and CONFIG_KEXEC_HANDOVER, and at boot liveupdate=on, and "
            + "kho=on where that is not the kernel's default."),
        new(JournalNameTaken, "a session has the journal's name",
            "Session '{0}' has the name under which the journal travels.",
            "Name it otherwise.",
            "The journal is preserved in a session of its own, last, and retrieved first, so that the next "
            + "kernel's process knows what to do."),
        new(CreatedInOtherOrder, "sessions were created in another order",
            "The sessions were created in another order than the plan's: '{0}' stands where the plan has "
            + "'{1}'.",
            "Have them created in the plan's order, or plan again with a set that says which are created.",
            "The kernel freezes sessions in the order of their creation, and its list only grows at the "
                + "end."),
        new(OtherKernelRuns, "another kernel runs",
            "Linux {found} runs; the plan is for {declared}.",
            "Name the kernel in the set (host.kernel) and plan again.",
            "Handlers, limits and order rules are those of a release."),
        new(ActsWithoutRunner, "acts that nobody does",
            "The plan has acts ({*}), and nobody was named who does them.",
            "Name a program: --act PROGRAM.",
            "An act is a step of the user's own: pause, seal, reattach, resume. The program is started with "
            + "the act's id, its session and the phase, and has done it when it ends with 0."),
        new(ImageUnproven, "a kernel is loaded, and by which call cannot be seen",
            "A kernel is loaded; whether by kexec_file_load cannot be seen, and one that kexec_load has "
            + "loaded hands nothing over.",
            "Let 'apply' load it (--kernel FILE), or load it by `kexec -l -s` and say --accept GO6111.",
            "Both calls leave the same mark behind (/sys/kernel/kexec_loaded). With an image of the older "
            + "one the reboot call succeeds, and all that was preserved is lost without a word."),
    ];
}
