namespace GraphOrder.LiveUpdate;

/// <summary>
/// A process of the simulator with one thing wrong: where an ioctl would answer
/// one error it answers another.
/// </summary>
internal sealed class BrokenCalls(ISystemCalls whole, Errno said, Errno instead) : PassingCalls(whole)
{
    public override CallResult Control(int descriptor, uint request, Span<byte> argument)
    {
        CallResult result = base.Control(descriptor, request, argument);
        return result.Error == said ? CallResult.Failed(instead) : result;
    }
}
