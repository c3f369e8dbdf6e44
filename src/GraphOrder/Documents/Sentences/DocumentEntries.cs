using System.Collections.Immutable;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder;

/// <summary>GO1: what can be wrong with a document.</summary>
internal static class DocumentEntries
{
    public static ImmutableArray<DiagnosticEntry> All { get; } =
    [
        new(SyntaxError, "not JSON",
            "[{cut} ends too early: it was cut off, or a bracket or a quote in it is not closed."
            + "|This is not JSON: {found} cannot stand here.]",
            "[{hint}.|Check the quotes, commas and brackets just before this place.]",
            "Documents are UTF-8 JSON without comments and without a comma behind the last entry. "
            + "Reading stops here, so later problems are not listed yet."),
        new(DuplicateObject, "two objects with one id",
            "'{id}' is the id of another object already, at line {firstLine}.",
            "Give one of the two another id.",
            "Ids name objects in dependencies and plans, so each stands for one object."),
        new(UnknownMember, "a member that is not known",
            "'{member}' is no member that this place knows.",
            "[Did you mean '{suggestion}'? ]A member of your own begins with 'x-'.",
            "An unknown member is an error and not ignored, because a misspelt 'needs' would make a "
            + "plan legal that is not. Members that begin with 'x-' are ignored."),
        new(UnknownObject, "an id that no object has",
            "No object has the id '{id}'.",
            "[Did you mean '{suggestion}'? ]Add the object to 'objects', or correct the id.",
            "Everything that is named in needs, describes, within, areas, preserved and dependencies "
            + "stands in 'objects'. A whole session is written session:NAME."),
        new(WrongType, "a value of the wrong type",
            "[{whole}]['{member}'] cannot be {found}.",
            "Write {expected}.",
            "Physical addresses, IOVAs, offsets and tokens are strings (\"0x1f\" or \"31\"); byte "
            + "counts are integers."),
        new(WrongValue, "a value that a member does not take",
            "'{member}' cannot be '{found}'.",
            "[Did you mean '{suggestion}'? ]It takes: {expected}.",
            "The value has the right type, and is none of those that the contract allows here."),
        new(MissingMember, "a member is missing",
            "'{member}' is missing; {what} must have it.",
            "Add '{member}'[: \"{value}\"].",
            "The contract names the members that must be there; all others may be absent."),
        new(DuplicateMember, "a member stands twice",
            "'{member}' stands twice here.",
            "Remove one of the two.",
            "JSON leaves open which of two members counts, so none may stand twice."),
        new(DuplicateSession, "two sessions with one name",
            "The session name '{name}' stands twice.",
            "Give each session a name of its own.",
            "The kernel answers EEXIST to a second outgoing session of the same name."),
        new(InvalidSessionName, "a session name that the kernel does not take",
            "The session name has {bytes} bytes; the kernel takes 1 to {max}, without NUL.",
            "Choose another name.",
            "LIVEUPDATE_SESSION_NAME_LENGTH is 64 with the terminating NUL. Longer or empty names are "
            + "EINVAL."),
        new(UnknownSession, "a session that is not listed",
            "No session has the name '{name}'.",
            "[Did you mean '{suggestion}'? ]Add it to 'sessions', or correct the name.",
            "Each session stands in 'sessions', also one without files."),
        new(InvalidCarrier, "within names something that carries nothing",
            "'{id}' is within '{within}', which is not preserved by itself.",
            "Name the file that carries it: an object with a 'session'.",
            "Containment has one level each: session, file, object. An IOAS, an HWPT and an "
            + "iommu_domain travel in their iommufd."),
        new(SessionAndCarrier, "both session and within",
            "'{id}' has both 'session' and 'within'.",
            "Keep 'session' where it is preserved by itself, 'within' where a file carries it.",
            "An object is a file with a token, or travels in one, never both."),
        new(NoPlace, "neither session nor within",
            "'{id}' has neither 'session' nor 'within', and the kernel moves no {kind} by itself.",
            "[{note} ]Give it a 'session', or the file that carries it as 'within'.",
            "Only flb, iommu-unit, pci-device, pci-bridge and kinds of your own move without a call. A "
            + "dma-buf cannot be preserved by itself: unmap it first, or let the device that exports it "
            + "carry it."),
        new(DuplicateToken, "two files with one token",
            "'{id}' has the token {token}, which '{other}' has already in session '{session}'.",
            "Choose another token, or leave it out and one is assigned.",
            "A token names a file inside its session; the kernel answers EEXIST to the second. The same "
            + "token in two sessions is fine."),
        new(NumberOutOfRange, "a number out of range",
            "'{member}' is {found}; it must lie between {min} and {max}.",
            "Write a number in that range.",
            "Integers go up to 2^53 - 1, which every reader of JSON takes exactly; 64-bit numbers are "
            + "strings."),
        new(NestingTooDeep, "nested too deeply",
            "Here it is nested more than {max} levels deep.",
            "A session set needs no more than 6 levels.",
            "The limit keeps a hostile document from using up memory."),
        new(InvalidUtf8, "not UTF-8",
            "This is not valid UTF-8.",
            "Save the document as UTF-8, and write no half of a surrogate pair (\\ud800) alone.",
            "Documents are UTF-8; an escape such as \\ud800 stands for a character only with its other "
            + "half."),
        new(EmptyDocument, "an empty document",
            "There is nothing in this document.",
            "Check that what wrote it ran to its end.",
            "An empty file is more often a failed export than an empty host, so it is no empty set."),
        new(SelfDependency, "a dependency on itself",
            "'{id}' depends on itself.",
            "Remove the dependency.",
            "Nothing can go before itself in any phase."),
        new(WrongSchema, "another schema",
            "The schema is '{found}', and '{expected}' is read here.",
            "Check that this is the right file, and that two files are not swapped.",
            "The schema says what a document is and which version of the contract it follows."),
        new(InvalidBeginning, "created and preserved contradict the set",
            "'{id}' cannot stand so: {rule}.",
            "Import the kernel's state anew, or correct 'created' and 'preserved'.",
            "'created' and 'preserved' say what the kernel has already, in its order. Its lists only "
            + "grow at the end."),
        new(LimitReached, "more than the limit",
            "There are more {what} than the limit of {max}.",
            "Split the document.",
            "Limits keep a hostile document from using up memory and time."),
        new(NotSupportedYet, "not in this version",
            "This version does not plan {what} yet.",
            "Leave it out, or rename it to an 'x-' member.",
            "The contract has it; a later version will plan it. It is refused and not ignored, because "
            + "a step that is silently missing would be worse."),
        new(RequiredFeatureMissing, "a feature that is not known",
            "The document requires '{feature}', which this version does not know.",
            "Use the version that wrote the document.",
            "A document that another version may read names in 'requires' what must not be ignored."),
        new(InvalidAct, "an act that is none",
            "'{id}' cannot stand so: {rule}.",
            "Correct it, or choose another 'kind'.",
            "An act is a step of your own and no kernel call: pause, seal, reattach, resume. It has a "
            + "session and a phase, and is no file."),
        new(InvalidBlackout, "a blackout without a pause and a resume",
            "The blackout of session '{session}' cannot be so: {rule}.",
            "Write the pause act, then the resume act.",
            "The blackout of a guest lasts from its pause in the old kernel to its resume in the new one."),
        new(DocumentUnreadable, "a document that cannot be read",
            "The document cannot be read: {reason}.",
            "Check that it is there and who may read it.",
            "Of a host whose set cannot be read nothing is known, so it counts as one that cannot be "
            + "updated. It is named and never left out."),
    ];
}
