using System.CommandLine;

namespace GraphOrder.Cli;

/// <summary>The options of <c>apply</c>, with their help.</summary>
internal sealed class ApplyOptions
{
    public Option<string?> Set { get; } = new("--set")
    {
        Description = "The session set that the plan was made for.",
        HelpName = "SET",
    };

    public Option<string?> Custody { get; } = new("--custody")
    {
        Description = "Who holds the sessions at the reboot call: 'self' (this process, which calls reboot "
            + "itself), 'systemd' (the service manager's descriptor store, read back), 'luod' (a daemon, "
            + "read back). It must be said.",
        HelpName = "self|systemd|luod",
    };

    public Option<int?> Holder { get; } = new("--holder")
    {
        Description = "The process that has luod's custody, where it is not called luod.",
        HelpName = "PID",
    };

    public Option<string?> Descriptors { get; } = UpdateOptions.Descriptors();

    public Option<string?> From { get; } = UpdateOptions.From();

    public Option<string> Journal { get; } = UpdateOptions.Journal();

    public Option<string?> Act { get; } = UpdateOptions.Act();

    public Option<int> Patience { get; } = UpdateOptions.Patience();

    public Option<string[]> Stable { get; } = new("--stable")
    {
        Description = "A memfd to which nobody writes from preserve to retrieve: its content is digested, "
            + "and compared after the kexec. May be given several times.",
        HelpName = "ID",
        DefaultValueFactory = _ => [],
    };

    public Option<string[]> Accept { get; } = new("--accept")
    {
        Description = "A code that is taken as a warning, as GO4201. May be given several times.",
        HelpName = "CODE",
        DefaultValueFactory = _ => [],
    };

    public Option<string?> Kernel { get; } = new("--kernel")
    {
        Description = "The next kernel's image, loaded by kexec_file_load once nothing stands against the "
            + "update; with --custody self. Without it one must be loaded already, and --accept GO6111 says "
            + "by which call.",
        HelpName = "FILE",
    };

    public Option<string?> Initrd { get; } = new("--initrd")
    {
        Description = "Its initial RAM disk.",
        HelpName = "FILE",
    };

    public Option<string?> Append { get; } = new("--append")
    {
        Description = "Its command line.",
        HelpName = "TEXT",
    };

    public Option<bool> DryRun { get; } = new("--dry-run")
    {
        Description = "Check everything, and do nothing.",
    };

    /// <summary>Gives them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
        [
            Set, Custody, Holder, Descriptors, From, Journal, Act, Patience, Stable, Accept,
            Kernel, Initrd, Append, DryRun,
        ])
        {
            command.Options.Add(option);
        }
    }
}
