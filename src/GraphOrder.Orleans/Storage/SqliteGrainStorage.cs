using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Orleans.Storage;

namespace GraphOrder.Orleans;

/// <summary>
/// Grain storage in one SQLite file, for a fleet that needs no server. A write is on disk when it returns;
/// writes that come together are committed together. Thread-safe.
/// </summary>
/// <remarks>
/// The write-ahead log with full synchronisation outlives a kill and a power cut
/// (<see href="https://sqlite.org/wal.html"/>). Each row has a version, which is the ETag: who writes over
/// what another has written is refused, also where two processes have the file open.
/// </remarks>
public sealed class SqliteGrainStorage : IGrainStorage, IDisposable
{
    private readonly BlockingCollection<PendingWrite> _pending = [];
    private readonly Lock _reading = new();
    private readonly SqliteConnection _reads;
    private readonly SqliteConnection _writes;
    private readonly SqliteCommand _read;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _update;
    private readonly IGrainStorageSerializer _serializer;
    private readonly string _service;
    private readonly Thread _writer;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file; the folder is there.</param>
    /// <param name="service">Whose grains these are; several may share a file.</param>
    /// <param name="serializer">How states are written.</param>
    /// <exception cref="SqliteException">It cannot be opened, or is no such file.</exception>
    public SqliteGrainStorage(string path, string service, IGrainStorageSerializer serializer)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(serializer);
        _service = service;
        _serializer = serializer;
        _writes = Open(path);
        Run(_writes, """
            CREATE TABLE IF NOT EXISTS grains (
                service TEXT NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL,
                version INTEGER NOT NULL, state BLOB,
                PRIMARY KEY (service, name, id)) WITHOUT ROWID
            """);
        _reads = Open(path);
        _read = Prepare(
            _reads,
            "SELECT version, state FROM grains WHERE service = $service AND name = $name AND id = $id");
        _insert = Prepare(_writes, """
            INSERT INTO grains (service, name, id, version, state)
            VALUES ($service, $name, $id, 1, $state) ON CONFLICT DO NOTHING
            """);
        _update = Prepare(_writes, """
            UPDATE grains SET version = version + 1, state = $state
            WHERE service = $service AND name = $name AND id = $id AND version = $version
            """);
        _writer = new Thread(WriteAll) { IsBackground = true, Name = "grain storage" };
        _writer.Start();
    }

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        lock (_reading)
        {
            Name(_read, stateName, grainId);
            using SqliteDataReader row = _read.ExecuteReader();
            bool isThere = row.Read();
            grainState.ETag = isThere ? row.GetInt64(0).ToString(CultureInfo.InvariantCulture) : null;
            grainState.RecordExists = isThere && !row.IsDBNull(1);
            grainState.State = grainState.RecordExists
                ? _serializer.Deserialize<T>(new BinaryData((byte[])row[1]))
                : Activator.CreateInstance<T>();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="InconsistentStateException">Another has written it since it was read.</exception>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        byte[] state = _serializer.Serialize(grainState.State).ToArray();
        grainState.ETag = await WriteAsync(stateName, grainId, grainState.ETag, state);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    /// <exception cref="InconsistentStateException">Another has written it since it was read.</exception>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        // The row stays, so that its version goes on.
        grainState.ETag = await WriteAsync(stateName, grainId, grainState.ETag, null);
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    /// <summary>Writes what is on its way and closes the file.</summary>
    public void Dispose()
    {
        if (!_pending.IsAddingCompleted)
        {
            _pending.CompleteAdding();
            _writer.Join();
            _read.Dispose();
            _insert.Dispose();
            _update.Dispose();
            _writes.Dispose();
            _reads.Dispose();
            _pending.Dispose();
        }
    }

    private static SqliteConnection Open(string path)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        connection.Open();
        // Rows of hosts are documents: large pages, and a log of 64 MiB before it is copied into the file.
        // Who waits for another's commit looks again after milliseconds; without that it is 150 of them.
        Run(connection, """
            PRAGMA busy_timeout = 30000; PRAGMA page_size = 16384; PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4096; PRAGMA cache_size = -16384
            """);
        return connection;
    }

    private static void Run(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    // Prepared once: reading the statement costs as much as carrying it out.
    private SqliteCommand Prepare(SqliteConnection connection, string text)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.Parameters.AddWithValue("$service", _service);
        command.Parameters.Add("$name", SqliteType.Text);
        command.Parameters.Add("$id", SqliteType.Text);
        if (connection == _writes)
        {
            command.Parameters.Add("$version", SqliteType.Integer);
            command.Parameters.Add("$state", SqliteType.Blob);
        }

        return command;
    }

    private static void Name(SqliteCommand command, string stateName, GrainId grainId)
    {
        command.Parameters["$name"].Value = stateName;
        command.Parameters["$id"].Value = grainId.ToString();
    }

    private Task<string> WriteAsync(string stateName, GrainId grainId, string? tag, byte[]? state)
    {
        PendingWrite write = new(stateName, grainId, tag, state);
        _pending.Add(write);
        return write.Done.Task;
    }

    private void WriteAll()
    {
        List<PendingWrite> together = [];
        foreach (PendingWrite first in _pending.GetConsumingEnumerable())
        {
            together.Clear();
            together.Add(first);
            while (_pending.TryTake(out PendingWrite? next))
            {
                together.Add(next);
            }

            Commit(together);
        }
    }

    private void Commit(List<PendingWrite> together)
    {
        string?[] tags = new string?[together.Count];
        try
        {
            using SqliteTransaction transaction = _writes.BeginTransaction(deferred: false);
            for (int i = 0; i < tags.Length; i++)
            {
                tags[i] = TryWrite(together[i], transaction);
            }

            transaction.Commit();
        }
        catch (SqliteException failed)
        {
            foreach (PendingWrite write in together)
            {
                write.Done.SetException(failed);
            }

            return;
        }

        for (int i = 0; i < tags.Length; i++)
        {
            if (tags[i] is { } tag)
            {
                together[i].Done.SetResult(tag);
            }
            else
            {
                together[i].Done.SetException(new InconsistentStateException(
                    $"Another has written {together[i].Id} since it was read.", "another", together[i].Tag));
            }
        }
    }

    // Null where another was first.
    private string? TryWrite(PendingWrite write, SqliteTransaction transaction)
    {
        SqliteCommand command = write.Tag is null ? _insert : _update;
        command.Transaction = transaction;
        long version = write.Tag is null ? 0 : long.Parse(write.Tag, CultureInfo.InvariantCulture);
        Name(command, write.Name, write.Id);
        command.Parameters["$version"].Value = version;
        command.Parameters["$state"].Value = (object?)write.State ?? DBNull.Value;
        return command.ExecuteNonQuery() == 1
            ? (version + 1).ToString(CultureInfo.InvariantCulture)
            : null;
    }

    private sealed record PendingWrite(string Name, GrainId Id, string? Tag, byte[]? State)
    {
        // The grain goes on in its own turn, never on the thread that writes.
        public TaskCompletionSource<string> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
