using GraphOrder.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Gives a silo grain storage in a SQLite file.</summary>
public static class SqliteGrainStorageExtensions
{
    /// <summary>Stores grains that name no storage of their own in a file.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="path">The file; it is made where it is not there, in a folder that is.</param>
    /// <returns>The silo, so that calls chain.</returns>
    public static ISiloBuilder AddSqliteGrainStorageAsDefault(this ISiloBuilder silo, string path)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentException.ThrowIfNullOrEmpty(path);
        silo.Services.AddSingleton<IGrainStorage>(services => new SqliteGrainStorage(
            path,
            services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId,
            new BinaryGrainSerializer(services.GetRequiredService<Serializer>())));
        return silo;
    }
}
