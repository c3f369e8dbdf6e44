using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GraphOrder.Extensions.Tests;

[TestFixture]
public sealed class AddGraphOrderTests
{
    [Test]
    public void A_host_gets_a_service_that_plans()
    {
        using ServiceProvider provider = new ServiceCollection().AddGraphOrder().BuildServiceProvider();
        SessionSet set = SessionSetGenerator.Generate("star", new GeneratorOptions { Objects = 3 });

        PlanResult result = provider.GetRequiredService<GraphOrderService>().Plan(set);

        Assert.That(result.IsLegal, Is.True);
    }

    [Test]
    public void The_service_is_one_however_often_it_is_registered()
    {
        ServiceCollection services = new();
        services.AddGraphOrder(options => options.DiagnosticCountMax = 7).AddGraphOrder();
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(provider.GetServices<GraphOrderService>().Count(), Is.EqualTo(1));
        Assert.That(
            provider.GetRequiredService<IOptions<GraphOrderOptions>>().Value.DiagnosticCountMax, Is.EqualTo(
                7));
    }

    [Test]
    public void The_limit_of_diagnostics_is_kept()
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddGraphOrder(options => options.DiagnosticCountMax = 1)
            .BuildServiceProvider();
        SessionSet set = SessionSetGenerator.Generate("gpu-vm", GeneratorOptions.Default);

        PlanResult result = provider.GetRequiredService<GraphOrderService>().Plan(set);

        Assert.That(
            result.Diagnostics.Select(found => found.Code).Where(code => code != DiagnosticCode.MoreProblems),
            Is.Unique);
        Assert.That(result.Diagnostics[^1].Code, Is.EqualTo(DiagnosticCode.MoreProblems));
    }

    [Test]
    public void Options_that_make_no_sense_are_refused_by_name()
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddGraphOrder(options => options.DiagnosticCountMax = 0)
            .BuildServiceProvider();

        Assert.That(
            provider.GetRequiredService<GraphOrderService>,
            Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("DiagnosticCountMax"));
    }
}
