using System.Reflection;

namespace GraphOrder.Mutation;

/// <summary>
/// Says which change of an assembly that Stryker.NET has changed is on. All are compiled into it, each behind
/// a question to a class of its name <c>MutantControl</c>. Not thread-safe.
/// </summary>
internal sealed class ChangeSwitch
{
    /// <summary>The number of no change.</summary>
    public const int None = -1;

    private readonly FieldInfo _active;

    /// <summary>The switch of an assembly; none is on.</summary>
    /// <exception cref="InvalidOperationException">Nothing in it is changed.</exception>
    public ChangeSwitch(Assembly changed)
    {
        _active = Array.Find(changed.GetTypes(), static type => type.Name == "MutantControl")
            ?.GetField("ActiveMutant")
            ?? throw new InvalidOperationException($"{changed.GetName().Name} holds no changes.");
        Active = None;
    }

    /// <summary>The change that is on.</summary>
    public int Active
    {
        set => _active.SetValue(null, value);
    }
}
