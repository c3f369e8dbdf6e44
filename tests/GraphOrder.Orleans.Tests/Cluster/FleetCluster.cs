using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace GraphOrder.Orleans.Tests;

/// <summary>Silos in this process: storage in one SQLite file, one log of events, stand-in hosts.</summary>
internal sealed class FleetCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly InProcessTestCluster _cluster;

    private readonly string _folder;

    private FleetCluster(InProcessTestCluster cluster, string folder, ListLog log, StandInUpdater updater)
    {
        _cluster = cluster;
        _folder = folder;
        Log = log;
        Updater = updater;
    }

    public ListLog Log { get; }

    public StandInUpdater Updater { get; }

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>Starts silos; behind another cluster they go on with what that one has stored.</summary>
    /// <param name="silos">How many.</param>
    /// <param name="behind">Whose storage, log and hosts they take over; null for none.</param>
    /// <param name="repeated">Calls that come twice; null for none.</param>
    /// <param name="configure">What else each silo has, before the fleet; null for nothing.</param>
    /// <param name="storage">Where grains are stored.</param>
    public static async Task<FleetCluster> StartAsync(
        short silos = 1,
        FleetCluster? behind = null,
        RepeatedCalls? repeated = null,
        Action<ISiloBuilder>? configure = null,
        FleetStorage storage = FleetStorage.Sqlite)
    {
        ListLog log = behind?.Log ?? new ListLog();
        StandInUpdater updater = behind?.Updater ?? new StandInUpdater();
        string folder = behind?._folder ?? Directory.CreateTempSubdirectory("fleet").FullName;
        InProcessTestClusterBuilder builder = new(silos);
        builder.Options.ServiceId = "fleet";
        if (repeated is not null)
        {
            builder.ConfigureClient(client => client.AddOutgoingGrainCallFilter(repeated));
        }

        builder.ConfigureSilo((_, silo) =>
        {
            configure?.Invoke(silo);
            if (repeated is not null)
            {
                silo.AddOutgoingGrainCallFilter(repeated);
            }

            switch (storage)
            {
                case FleetStorage.Sqlite:
                    silo.AddSqliteGrainStorageAsDefault(Path.Combine(folder, "fleet.db"));
                    break;
                case FleetStorage.SqliteEach:
                    silo.AddSqliteGrainStorageAsDefault(Path.Combine(folder, Path.GetRandomFileName()));
                    break;
                default:
                    silo.AddMemoryGrainStorageAsDefault();
                    break;
            }

            silo.UseInMemoryReminderService();
            silo.Services.AddSingleton<IHostUpdater>(updater);
            silo.AddGraphOrderFleet(log, static settings =>
            {
                settings.Turn = TimeSpan.FromMilliseconds(20);
                settings.AskAgain = TimeSpan.FromMilliseconds(500);
                settings.TellAgain = TimeSpan.FromMilliseconds(200);
            });
        });
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        return new FleetCluster(cluster, folder, log, updater);
    }

    public IHostGrain Host(string id) => Grains.GetGrain<IHostGrain>(id);

    /// <summary>Hosts by domain, each of which has a set that has a plan.</summary>
    public async Task<List<FleetHost>> DeclareAsync(int domains, int hosts, int backends)
    {
        List<FleetHost> fleet = [];
        for (int domain = 0; domain < domains; domain++)
        {
            for (int i = 0; i < hosts; i++)
            {
                string rack = string.Create(CultureInfo.InvariantCulture, $"rack-{domain}");
                fleet.Add(new FleetHost($"{rack}/h{i}", rack)
                {
                    Needs = i < backends || backends == 0 ? [] : [$"{rack}/h{i % backends}"],
                });
            }
        }

        await Task.WhenAll(fleet.Select(host => Host(host.Id).DeclareAsync(Sets.Legal)));
        return fleet;
    }

    /// <summary>Waits until a roll-out stands as is asked.</summary>
    public async Task<RolloutStanding> UntilAsync(string rollout, Func<RolloutStanding, bool> isThere)
    {
        using CancellationTokenSource patience = new(Patience);
        RolloutStanding standing;
        while (!isThere(standing = await Grains.GetGrain<IRolloutGrain>(rollout).StandingAsync()))
        {
            if (patience.IsCancellationRequested)
            {
                Assert.Fail($"After {Patience}: {standing}, {string.Join("; ", standing.Waves)}\n"
                    + Encoding.UTF8.GetString(Log.Lines));
            }

            await Task.Delay(20);
        }

        return standing;
    }

    /// <summary>Ends a silo as a crash does, as far as one process can.</summary>
    public Task KillAsync(int silo) => _cluster.KillSiloAsync(_cluster.Silos[silo]);

    /// <summary>Ends all silos, and keeps what they have stored.</summary>
    public async Task KillAllAsync()
    {
        foreach (InProcessSiloHandle silo in _cluster.Silos.ToArray())
        {
            await _cluster.KillSiloAsync(silo);
        }

        await _cluster.DisposeAsync();
    }

    /// <summary>Lets go of every grain in which no request runs: the next call reads it anew.</summary>
    public Task ForgetAsync() =>
        Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
