using GraphOrder.Extensions;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers GraphOrder in a host's container.</summary>
public static class GraphOrderServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="GraphOrderService"/> as a singleton; a second call only adds to the options.
    /// </summary>
    /// <param name="services">The container's registrations.</param>
    /// <param name="configure">Chooses kernels and limits; null for Linux 7.3.4 and the usual limits.</param>
    /// <returns>The registrations, so that calls chain.</returns>
    /// <remarks>
    /// Options that make no sense throw <see cref="OptionsValidationException"/> when they are first read.
    /// </remarks>
    public static IServiceCollection AddGraphOrder(
        this IServiceCollection services, Action<GraphOrderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<GraphOrderOptions> options = services.AddOptions<GraphOrderOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<GraphOrderOptions>, GraphOrderOptionsValidator>(
                _ => new GraphOrderOptionsValidator()));
        services.TryAddSingleton(provider =>
            new GraphOrderService(provider.GetRequiredService<IOptions<GraphOrderOptions>>()));
        return services;
    }
}
