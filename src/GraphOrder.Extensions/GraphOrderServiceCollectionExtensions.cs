using System.Diagnostics.Metrics;
using GraphOrder;
using GraphOrder.Extensions;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers GraphOrder in a host's container.</summary>
public static class GraphOrderServiceCollectionExtensions
{
    /// <summary>
    /// Registers as singletons <see cref="GraphOrderService"/>, <see cref="RequestEngine"/> with the growing
    /// graph of the host, <see cref="GraphOrderTelemetry"/> and <see cref="GraphOrderHealthCheck"/>; and,
    /// under the name of each model or pair of models (<c>MODEL</c>, <c>OLD:NEW</c>), a
    /// <see cref="KernelPair"/> and a <see cref="GraphOrderService"/>. A second call only adds to the
    /// options.
    /// </summary>
    /// <param name="services">The container's registrations.</param>
    /// <param name="configure">Chooses kernels and limits; null for Linux 7.3.4 and the usual limits.</param>
    /// <returns>The registrations, so that calls chain.</returns>
    /// <remarks>
    /// Options that make no sense throw <see cref="OptionsValidationException"/> when a host starts, or when
    /// they are first read. A key that names no model throws <see cref="RequestException"/>.
    /// </remarks>
    public static IServiceCollection AddGraphOrder(
        this IServiceCollection services, Action<GraphOrderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<GraphOrderOptions> options =
            services.AddOptions<GraphOrderOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<GraphOrderOptions>, GraphOrderOptionsValidator>(
                _ => new GraphOrderOptionsValidator()));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider =>
            new GraphOrderTelemetry(provider.GetService<IMeterFactory>()));
        services.TryAddSingleton(provider => ServiceOf(provider, kernels: null));
        services.TryAddSingleton(provider =>
        {
            GraphOrderOptions chosen = provider.GetRequiredService<IOptions<GraphOrderOptions>>().Value;
            return new RequestEngine(chosen.ChosenKernels(), chosen.Limits);
        });
        services.TryAddSingleton(provider => new GraphOrderHealthCheck(
            provider.GetRequiredService<IOptions<GraphOrderOptions>>(),
            provider.GetRequiredService<RequestEngine>()));
        services.TryAddKeyedSingleton(
            KeyedService.AnyKey, static (_, key) => RequestNames.KernelsOf("The key", $"{key}"));
        services.TryAddKeyedSingleton(KeyedService.AnyKey, static (provider, key) =>
            ServiceOf(provider, provider.GetRequiredKeyedService<KernelPair>(key)));
        return services;
    }

    /// <summary>
    /// Answers requests over a Unix socket while the host runs (<see cref="SocketServer"/>), with the
    /// container's <see cref="RequestEngine"/>; <see cref="AddGraphOrder"/> is called with it.
    /// </summary>
    /// <param name="services">The container's registrations.</param>
    /// <param name="configure">Chooses path, limits and users; null for a socket that systemd hands over.
    /// </param>
    /// <returns>The registrations, so that calls chain.</returns>
    public static IServiceCollection AddGraphOrderServer(
        this IServiceCollection services, Action<GraphOrderServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddGraphOrder();
        OptionsBuilder<GraphOrderServerOptions> options =
            services.AddOptions<GraphOrderServerOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<
                IValidateOptions<GraphOrderServerOptions>, GraphOrderServerOptionsValidator>(
                _ => new GraphOrderServerOptionsValidator()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, GraphOrderServerService>(
            static provider => new GraphOrderServerService(
                provider.GetRequiredService<RequestEngine>(),
                provider.GetRequiredService<IOptions<GraphOrderServerOptions>>(),
                LoggerOf<SocketServer>(provider),
                provider.GetRequiredService<GraphOrderTelemetry>(),
                provider.GetRequiredService<TimeProvider>())));
        return services;
    }

    private static GraphOrderService ServiceOf(IServiceProvider provider, KernelPair? kernels) => new(
        provider.GetRequiredService<IOptions<GraphOrderOptions>>(),
        kernels,
        LoggerOf<GraphOrderService>(provider),
        provider.GetRequiredService<GraphOrderTelemetry>(),
        provider.GetRequiredService<TimeProvider>());

    private static ILogger<T> LoggerOf<T>(IServiceProvider provider) =>
        provider.GetService<ILogger<T>>() ?? NullLogger<T>.Instance;
}
