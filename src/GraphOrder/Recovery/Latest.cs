namespace GraphOrder;

/// <summary>
/// When the last of several objects of one act moves: its place inside, and the step of those whose end
/// nobody can wait for inside the act. Immutable; <c>default</c> is of no object.
/// </summary>
/// <param name="Place">The greatest place, counted from 1; 0 where no place matters.</param>
/// <param name="NeverStep">
/// The step, counted from 1, of all objects that do not count as moved before the whole act is over; 0 where
/// there is none, -1 where they are of several steps.
/// </param>
/// <param name="PlaceStep">The step, counted from 1, that has the place.</param>
internal readonly record struct Latest(long Place, int NeverStep, int PlaceStep)
{
    /// <summary>The later of two.</summary>
    public Latest With(Latest other)
    {
        int never = NeverStep == 0 || NeverStep == other.NeverStep ? other.NeverStep
            : other.NeverStep == 0 ? NeverStep
            : -1;
        return other.Place > Place
            ? new Latest(other.Place, never, other.PlaceStep)
            : this with { NeverStep = never };
    }
}
