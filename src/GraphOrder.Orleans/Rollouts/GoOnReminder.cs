namespace GraphOrder.Orleans;

/// <summary>The reminder that calls a grain whose node was lost, until its roll-out is over.</summary>
internal static class GoOnReminder
{
    private const string Name = "go on";

    /// <summary>Begins it, or sets how often it calls.</summary>
    public static Task BeginAsync<T>(T grain, TimeSpan every)
        where T : Grain, IRemindable =>
        grain.RegisterOrUpdateReminder(Name, every, every);

    /// <summary>Ends it; one that is not there is ended.</summary>
    public static async Task EndAsync<T>(T grain)
        where T : Grain, IRemindable
    {
        if (await grain.GetReminder(Name) is { } reminder)
        {
            await grain.UnregisterReminder(reminder);
        }
    }
}
