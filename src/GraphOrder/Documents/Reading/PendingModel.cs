using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>A rule of a phase as it was read, with the places of what it says.</summary>
internal sealed class PendingRule
{
    public SourceLocation Location { get; init; }

    public StepUnit Unit { get; set; }

    public SourceLocation UnitLocation { get; set; }

    public SessionOrder Between { get; set; }

    public bool IsBackward { get; set; }

    public SourceLocation BetweenLocation { get; set; }

    public InsideSession Inside { get; set; }

    public SourceLocation InsideLocation { get; set; }

    public PhaseRule Of(Phase phase) => new(phase, Unit, Between, IsBackward, Inside);
}

/// <summary>A lifecycle model while it is read.</summary>
internal sealed class PendingModel
{
    public string Name { get; set; } = "";

    public SourceLocation NameLocation { get; set; }

    public PendingRule?[] Rules { get; } = new PendingRule?[Phases.Count];

    /// <summary>The model; null where a phase has a flaw or the name means another model.</summary>
    public LifecycleModel? ToModel(DiagnosticList problems)
    {
        ImmutableArray<PhaseRule>.Builder rules = ImmutableArray.CreateBuilder<PhaseRule>(Phases.Count);
        foreach (Phase phase in Phases.All)
        {
            rules.Add(Rules[(int)phase]!.Of(phase));
        }

        foreach (PhaseRule rule in rules)
        {
            ModelFlaw flaw = PhaseRules.FlawOf(rule, rules[(int)Phase.Preserve]);
            if (flaw != ModelFlaw.None)
            {
                problems.Add(Problem(flaw, rule));
            }
        }

        if (problems.HasErrors)
        {
            return null;
        }

        LifecycleModel model = new(Name, rules.ToArray());
        if (!LifecycleModel.TryFind(Name, out LifecycleModel? builtIn))
        {
            return model;
        }

        foreach (PhaseRule rule in rules)
        {
            if (rule != builtIn![rule.Phase])
            {
                problems.Add(NameTaken(builtIn, rule.Phase));
                return null;
            }
        }

        return builtIn;
    }

    private Diagnostic Problem(ModelFlaw flaw, PhaseRule rule)
    {
        PendingRule read = Rules[(int)rule.Phase]!;
        SourceLocation location = flaw switch
        {
            ModelFlaw.PreserveNotChosen when rule.Unit is not (StepUnit.Object or StepUnit.File) =>
                read.UnitLocation,
            ModelFlaw.SessionsWithoutOrder => read.BetweenLocation,
            ModelFlaw.FilesTogether or ModelFlaw.NoPreserveOrder => read.InsideLocation,
            ModelFlaw.OrderInsideOneStep when rule.Inside != InsideSession.Together => read.InsideLocation,
            _ => rule.Between.IsInterleaved ? read.InsideLocation : read.BetweenLocation,
        };
        return new Diagnostic(CodeOf(flaw), DiagnosticSeverity.Error)
        {
            Location = location,
            Facts =
            [
                new("phase", rule.Phase.Name()),
                new("step", rule.UnitText),
                new("between", rule.BetweenText),
                new("inside", rule.InsideText),
                new("unit", rule.Unit == StepUnit.Session ? "each session" : rule.UnitText),
            ],
        };
    }

    private Diagnostic NameTaken(LifecycleModel builtIn, Phase phase)
    {
        PhaseRule rule = builtIn[phase];
        return new Diagnostic(DiagnosticCode.ModelNameTaken, DiagnosticSeverity.Error)
        {
            Location = NameLocation,
            Facts =
            [
                new("name", Name),
                new("phase", phase.Name()),
                new("builtIn", rule.ToString()),
            ],
        };
    }

    private static DiagnosticCode CodeOf(ModelFlaw flaw) => flaw switch
    {
        ModelFlaw.PreserveNotChosen => DiagnosticCode.ModelPreserveNotChosen,
        ModelFlaw.ObjectsNotFree => DiagnosticCode.ModelObjectsNotFree,
        ModelFlaw.FilesTogether => DiagnosticCode.ModelFilesTogether,
        ModelFlaw.SessionsWithoutOrder => DiagnosticCode.ModelSessionsWithoutOrder,
        ModelFlaw.OrderInsideOneStep => DiagnosticCode.ModelOrderInsideOneStep,
        _ => DiagnosticCode.ModelWithoutPreserveOrder,
    };
}
