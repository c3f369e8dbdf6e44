using System.Collections.Immutable;
using System.Globalization;

namespace GraphOrder.Orleans;

/// <summary>
/// A roll-out over a fleet that is larger than any test machine: event by event, by the same
/// <see cref="PermitBook"/> and <see cref="RolloutBoard"/> as the grains. What takes time on a real fleet is
/// drawn by lot as its <see cref="FleetModel"/> says. Not thread-safe; one run.
/// </summary>
public sealed class FleetSimulator
{
    /// <summary>What the simulated roll-out is called.</summary>
    public const string Rollout = "simulated";

    private readonly FleetModel _model;
    private readonly Action<FleetEvent>? _log;
    private readonly SimulatedTime _clock = new();
    private readonly SplitMix64 _chance;
    private readonly SimulatedDomain[] _domains;
    private readonly Dictionary<string, HostProgress> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _hostSequences = new(StringComparer.Ordinal);
    private readonly Dictionary<HostProgress, UpdateOutcome> _unnoticed = [];
    private readonly PriorityQueue<SimulatedEvent, (TimeSpan, long)> _queue = new();
    private readonly EventTail _rollout = new();
    private readonly int _waveCount;
    private readonly int[] _leftInWave;
    private long _scheduled;
    private int _openWave;
    private int _overCount;
    private int _away;
    private double _awayTime;
    private TimeSpan _awaySince;
    private FleetForecast _forecast = new();

    private FleetSimulator(FleetModel model, Action<FleetEvent>? log)
    {
        _model = model;
        _log = log;
        _chance = new SplitMix64(model.Seed);
        FleetHost[] hosts = HostsOf(model);
        ImmutableArray<int> waves = FleetWaves.Of(hosts);
        _waveCount = waves.Max() + 1;
        _leftInWave = new int[_waveCount];
        for (int i = 0; i < hosts.Length; i++)
        {
            _hosts.Add(hosts[i].Id, new HostProgress(hosts[i], waves[i]));
            _leftInWave[waves[i]]++;
        }

        _domains = [.. _hosts.Values
            .GroupBy(static host => host.Host.Domain)
            .Select(group => new SimulatedDomain(
                group.Key, model.Policy, group.OrderBy(static host => host.Wave), _clock))];
    }

    /// <summary>Runs a roll-out to its end.</summary>
    /// <param name="model">What the fleet is like.</param>
    /// <param name="log">Told of each event, as the grains would log it.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model makes no sense.</exception>
    public static FleetForecast Run(
        FleetModel model, Action<FleetEvent>? log = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Demand();
        return new FleetSimulator(model, log).Run(cancellation);
    }

    private static FleetHost[] HostsOf(FleetModel model)
    {
        FleetHost[] hosts = new FleetHost[model.HostCount];
        for (int i = 0; i < hosts.Length; i++)
        {
            int domain = i / model.DomainHostCount;
            int place = i % model.DomainHostCount;
            bool isClient = model.BackendCount > 0 && place >= model.BackendCount;
            hosts[i] = new FleetHost(NameOf(domain, place), NameOf(domain))
            {
                Needs = isClient ? [NameOf(domain, place % model.BackendCount)] : [],
            };
        }

        return hosts;
    }

    private static string NameOf(int domain) =>
        string.Create(CultureInfo.InvariantCulture, $"rack-{domain:d4}");

    private static string NameOf(int domain, int place) =>
        string.Create(CultureInfo.InvariantCulture, $"{NameOf(domain)}/host-{place:d3}");

    private FleetForecast Run(CancellationToken cancellation)
    {
        LogRollout(FleetEventKind.RolloutStarted, _hosts.Count);
        LogRollout(FleetEventKind.WaveOpened, 0);
        for (int i = 0; i < _domains.Length; i++)
        {
            _domains[i].Board.Open(0);
            Wake(i, TimeSpan.Zero);
        }

        if (_model.NodeLossEvery > TimeSpan.Zero)
        {
            Schedule(Around(_model.NodeLossEvery), new(SimulatedEventKind.NodeLost, -1, null));
        }

        while (_overCount < _hosts.Count
            && _queue.TryDequeue(out SimulatedEvent next, out (TimeSpan At, long) when)
            && when.At <= _model.GiveUp)
        {
            cancellation.ThrowIfCancellationRequested();
            _clock.Now = when.At;
            Happen(next);
        }

        CountAway();
        WaveCounts counts = WaveCounts.Sum(_hosts.Values.Select(static host => WaveCounts.Of(host.Stage)));
        if (counts.IsOver)
        {
            LogRollout(FleetEventKind.RolloutEnded, counts.Failed);
        }

        return _forecast with
        {
            IsOver = _overCount == _hosts.Count,
            Duration = _clock.Now,
            Counts = counts,
            WaveCount = _waveCount,
            PermitCount = _model.Policy.AwayMax * _domains.Length,
            AwayMean = _clock.Now > TimeSpan.Zero ? _awayTime / _clock.Now.Ticks : 0,
        };
    }

    private void Happen(SimulatedEvent next)
    {
        switch (next.Kind)
        {
            case SimulatedEventKind.Turn:
                Turn(next.Domain);
                break;
            case SimulatedEventKind.UpdateEnds:
                End(next.Domain, next.Host!);
                break;
            case SimulatedEventKind.Repaired:
                Change(next.Domain, domain =>
                {
                    domain.Book.Repair(next.Host!.Host.Id);
                    domain.Book.Resume();
                });
                Wake(next.Domain, TimeSpan.Zero);
                break;
            case SimulatedEventKind.NodeLost:
                Lose();
                break;
            default:
                _domains[next.Domain].TakeOver();
                Wake(next.Domain, TimeSpan.Zero);
                break;
        }
    }

    // What the grains of a domain do each time they look.
    private void Turn(int number)
    {
        SimulatedDomain domain = _domains[number];
        // Another one came before it, or comes when another node has taken over.
        if (domain.TurnAt != _clock.Now)
        {
            return;
        }

        domain.TurnAt = TimeSpan.MaxValue;
        if (domain.GoneUntil > _clock.Now)
        {
            return;
        }

        Change(number, changed =>
        {
            Notice(number, changed);
            changed.Book.EndSettling();
            Begin(number, changed);
        });
        if (domain.HasSettling)
        {
            Wake(number, _model.Policy.Settle);
        }
    }

    private void Notice(int number, SimulatedDomain domain)
    {
        foreach (HostProgress host in domain.Board.Updating.ToArray())
        {
            if (_unnoticed.Remove(host, out UpdateOutcome outcome))
            {
                UpdateOrder order = domain.Board.OrderOf(host);
                string id = host.Host.Id;
                EventReference ended = new(FleetEvent.HostPrefix + id, _hostSequences[id]);
                domain.Book.Return(order, outcome, ended);
                domain.Board.End(order, outcome, ended.Sequence);
                Over(host);
                if (outcome == UpdateOutcome.Failed)
                {
                    Schedule(_model.Repair, new(SimulatedEventKind.Repaired, number, host));
                }
            }
        }
    }

    private void Begin(int number, SimulatedDomain domain)
    {
        while (domain.Book.FreeCount > 0 && domain.Board.Next(1) is [var host])
        {
            if (host.Host.Needs.Select(need => _hosts[need])
                .FirstOrDefault(static need => need.Stage != HostStage.Done) is { } missing)
            {
                domain.Board.Block(host, $"'{missing.Host.Id}' is not updated");
                Over(host);
                continue;
            }

            RolloutBoard.Ask(host,
            [
                .. host.Host.Needs.Select(
                    need => new EventReference(FleetEvent.HostPrefix + need, _hosts[need].Ended)),
                new EventReference(FleetEvent.RolloutPrefix + Rollout, _rollout.Sequence),
            ]);
            UpdateOrder order = domain.Board.OrderOf(host);
            _ = domain.Book.Take(order, out long given);
            RolloutBoard.Go(host, given);
            LogHost(host, FleetEventKind.UpdateBegun, order, null,
                [new(FleetEvent.DomainPrefix + domain.Name, given), .. host.Needed]);
            TimeSpan takes = _model.UpdateLeast + Around(_model.UpdateSpread);
            Schedule(
                _chance.NextShare() < _model.StragglerShare ? takes * _model.StragglerFactor : takes,
                new(SimulatedEventKind.UpdateEnds, number, host));
        }
    }

    // On the host; its domain notices at its next turn.
    private void End(int number, HostProgress host)
    {
        UpdateOutcome outcome = _chance.NextShare() < _model.FailureShare
            ? UpdateOutcome.Failed
            : UpdateOutcome.Done;
        _unnoticed.Add(host, outcome);
        LogHost(host, FleetEventKind.UpdateEnded, _domains[number].Board.OrderOf(host), outcome, []);
        Wake(number, _model.Turn);
    }

    private void Over(HostProgress host)
    {
        _overCount++;
        _leftInWave[host.Wave]--;
        while (_openWave < _waveCount - 1 && _leftInWave[_openWave] == 0)
        {
            _openWave++;
            LogRollout(FleetEventKind.WaveOpened, _openWave);
            for (int i = 0; i < _domains.Length; i++)
            {
                _domains[i].Board.Open(_openWave);
                Wake(i, _model.Turn);
            }
        }
    }

    private void Lose()
    {
        int lost = _chance.Next(_model.NodeCount);
        for (int i = lost; i < _domains.Length; i += _model.NodeCount)
        {
            _domains[i].Lose(_model.NodeTakeover);
            Schedule(_model.NodeTakeover, new(SimulatedEventKind.NodeTaken, i, null));
        }

        _forecast = _forecast with { NodeLossCount = _forecast.NodeLossCount + 1 };
        Schedule(Around(_model.NodeLossEvery), new(SimulatedEventKind.NodeLost, -1, null));
    }

    private void Change(int number, Action<SimulatedDomain> change)
    {
        SimulatedDomain domain = _domains[number];
        int before = domain.AwayCount;
        domain.Begin();
        change(domain);
        foreach (FleetEvent each in domain.LastEvents)
        {
            _log?.Invoke(each);
            if (each.Kind == FleetEventKind.DomainHalted)
            {
                _forecast = _forecast with { HaltCount = _forecast.HaltCount + 1 };
            }

            if (each.Away > _forecast.DomainAwayMost)
            {
                _forecast = _forecast with { DomainAwayMost = each.Away.Value };
            }
        }

        CountAway();
        _away += domain.AwayCount - before;
        if (_away > _forecast.AwayMost)
        {
            _forecast = _forecast with { AwayMost = _away };
        }
    }

    private void CountAway()
    {
        _awayTime += (double)_away * (_clock.Now - _awaySince).Ticks;
        _awaySince = _clock.Now;
    }

    private void Wake(int domain, TimeSpan after)
    {
        if (_clock.Now + after < _domains[domain].TurnAt)
        {
            _domains[domain].TurnAt = _clock.Now + after;
            Schedule(after, new(SimulatedEventKind.Turn, domain, null));
        }
    }

    private void Schedule(TimeSpan after, SimulatedEvent what) =>
        _queue.Enqueue(what, (_clock.Now + after, _scheduled++));

    private TimeSpan Around(TimeSpan mean) => mean * -Math.Log(1 - _chance.NextShare());

    private void LogRollout(FleetEventKind kind, int count)
    {
        _rollout.Begin();
        _rollout.Add(new FleetEvent(FleetEvent.RolloutPrefix + Rollout, kind) { Count = count });
        _log?.Invoke(_rollout.Last[0]);
    }

    private void LogHost(
        HostProgress host,
        FleetEventKind kind,
        UpdateOrder order,
        UpdateOutcome? outcome,
        ImmutableArray<EventReference> after)
    {
        string id = host.Host.Id;
        long sequence = _hostSequences.GetValueOrDefault(id) + 1;
        _hostSequences[id] = sequence;
        _log?.Invoke(new FleetEvent(FleetEvent.HostPrefix + id, kind)
        {
            Sequence = sequence,
            Order = order,
            Outcome = outcome,
            After = after,
        });
    }
}
