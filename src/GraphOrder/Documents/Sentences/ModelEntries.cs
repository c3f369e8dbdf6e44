using System.Collections.Immutable;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder;

/// <summary>GO103: what can be wrong with a lifecycle model.</summary>
internal static class ModelEntries
{
    public static ImmutableArray<DiagnosticEntry> All { get; } =
    [
        new(ModelPreserveNotChosen, "preserve is not chosen",
            "'preserve' is '{step}; {between}; {inside}', but preserve calls are the caller's own and "
            + "interleave.",
            "Write step 'file' or 'object', between 'interleaved', inside 'chosen'.",
            "Whoever preserves makes one call after another, in sessions mixed as they like. Every other "
            + "order that is derived is derived from this one."),
        new(ModelObjectsNotFree, "objects that move by themselves, but not freely",
            "'{phase}' moves each object by itself, so it cannot be '{between}; {inside}'.",
            "Write between 'interleaved' and inside 'chosen', or step 'file'.",
            "Only files and sessions wait in rows. Were a carried object to keep its file's place and a "
            + "place of its own, one dependency would constrain two orders."),
        new(ModelFilesTogether, "files that move one by one and together",
            "'{phase}' moves file by file, so its files cannot move 'together'.",
            "Write step 'session' for what moves at once, or inside 'chosen' or 'preserve backward'.",
            "What moves together is a session or everything."),
        new(ModelSessionsWithoutOrder, "sessions at once without an order",
            "'{phase}' moves each session at once, so one session must follow another; '{between}' does "
            + "not say how.",
            "Write between as an order of sessions, such as 'finish forward'.",
            "Two sessions cannot mix where each moves as one. A dependency between them constrains the "
            + "order that is named."),
        new(ModelOrderInsideOneStep, "an order inside one step",
            "'{phase}' moves {unit} at once, so '{between}; {inside}' orders what has no order.",
            "Write inside 'together', and of everything no other between than 'interleaved'.",
            "What moves as one moves at one moment: there is nothing left to order in it."),
        new(ModelWithoutPreserveOrder, "a preserve order that is not made",
            "'{phase}' takes files as '{inside}', but 'preserve' takes objects and makes no order of files.",
            "Write inside 'chosen', or let 'preserve' take step 'file'.",
            "Where each object is preserved by itself, nobody knows when a file with all that it carries "
            + "is preserved: a dependency would constrain one order or another."),
        new(ModelNameTaken, "the name of another model",
            "The name '{name}' belongs to a built-in model, whose '{phase}' is '{builtIn}'.",
            "Give the model another name, or write that phase like the built-in one.",
            "A plan names its model and nothing else, so a name of the contract means what the contract "
            + "says."),
    ];
}
