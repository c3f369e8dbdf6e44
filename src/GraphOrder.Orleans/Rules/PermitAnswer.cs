namespace GraphOrder.Orleans;

/// <summary>What a failure domain answers to who asks for a permit.</summary>
public enum PermitAnswer
{
    /// <summary>The host may be updated; asked again, the answer is the same.</summary>
    Granted,

    /// <summary>As many hosts are away as the domain allows.</summary>
    Full,

    /// <summary>More hosts have failed than the domain allows.</summary>
    Halted,

    /// <summary>The host is away for another order.</summary>
    Elsewhere,

    /// <summary>
    /// Who asks has not heard what has happened here last: it asks again, or it no longer wants to know,
    /// since this was an earlier question that comes late.
    /// </summary>
    Outdated,
}
