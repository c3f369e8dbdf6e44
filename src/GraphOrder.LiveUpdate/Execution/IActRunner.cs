namespace GraphOrder.LiveUpdate;

/// <summary>Does the steps that are no kernel calls: pause, seal, reattach, resume.</summary>
public interface IActRunner
{
    /// <summary>
    /// Does an act, and comes back when it is done. An act of which nobody knows whether it was done is asked
    /// for again, so it must be one that may be repeated.
    /// </summary>
    /// <param name="act">Its id in the set.</param>
    /// <param name="session">The session whose step it is.</param>
    /// <param name="phase">The phase.</param>
    /// <returns>Null where it is done, else why it is not.</returns>
    string? Run(string act, string session, Phase phase);
}
