using NUnit.Framework.Interfaces;

[assembly: GraphOrder.StopAtFirstFailure]

namespace GraphOrder;

/// <summary>
/// With GRAPHORDER_SHORT in the environment no test runs behind one that has failed: mutation testing asks
/// only whether any does. Compiled into the projects that it runs.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class StopAtFirstFailureAttribute : Attribute, ITestAction
{
    private static volatile bool _hasFailed;

    /// <inheritdoc/>
    public ActionTargets Targets => ActionTargets.Test;

    /// <inheritdoc/>
    public void BeforeTest(ITest test)
    {
        if (_hasFailed)
        {
            Assert.Inconclusive("a test before it has failed");
        }
    }

    /// <inheritdoc/>
    public void AfterTest(ITest test) => _hasFailed |= Effort.IsShort
        && TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed;
}
