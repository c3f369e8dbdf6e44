namespace GraphOrder.LiveUpdate;

/// <summary>What a system call answered: a value, or an error and nothing else.</summary>
/// <param name="Value">What it returned: a descriptor, a count of bytes, or 0; -1 with an error.</param>
/// <param name="Error">Why it failed; <see cref="Errno.None"/> where it did not.</param>
public readonly record struct CallResult(long Value, Errno Error)
{
    /// <summary>Whether it did what it was asked for.</summary>
    public bool IsDone => Error == Errno.None;

    /// <summary>The descriptor that it returned; -1 where it failed.</summary>
    public int Descriptor => checked((int)Value);

    /// <summary>It did, and returned a value.</summary>
    public static CallResult Done(long value = 0) => new(value, Errno.None);

    /// <summary>It failed.</summary>
    public static CallResult Failed(Errno error) => new(-1, error);

    /// <inheritdoc/>
    public override string ToString() =>
        IsDone ? Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : Error.Name();
}
