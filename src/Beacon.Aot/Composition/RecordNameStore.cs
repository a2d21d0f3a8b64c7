using System.Collections.Concurrent;
using System.Text.Json;
using Beacon.Mdns.Publishing;
using Beacon.Storage;

namespace Beacon.Aot.Composition;

/// <summary>
/// Keeps won mDNS names in the record store. Read whole at start, so that the engine's loop never waits for a disk; written behind its back.
/// </summary>
internal sealed class RecordNameStore : IMdnsNameStore, IDisposable
{
    private const string Collection = "mdns";
    private const string Id = "names";
    private const int MostNames = 10_000;
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, string> _names = new();
    private readonly SemaphoreSlim _oneWriter = new(1, 1);
    private readonly IRecordStore _records;
    private readonly ILogger _logger;
    private int _isWaiting;

    public RecordNameStore(IRecordStore records, ILogger<RecordNameStore> logger)
    {
        _records = records;
        _logger = logger;
        Load();
    }

    public string? Read(string key) => _names.GetValueOrDefault(key);

    public void Write(string key, string value)
    {
        if (_names.Count >= MostNames && !_names.ContainsKey(key))
        {
            // A network where that many names collide has other troubles; these start from their plain names after a restart.
            return;
        }

        _names[key] = value;
        _ = SaveAsync();
    }

    public void Forget(string key)
    {
        if (_names.TryRemove(key, out _))
        {
            _ = SaveAsync();
        }
    }

    public void Dispose() => _oneWriter.Dispose();

    private void Load()
    {
        try
        {
            using var limit = new CancellationTokenSource(ReadLimit);
            if (_records.ReadAsync(Collection, Id, limit.Token).GetAwaiter().GetResult() is not { } json)
            {
                return;
            }

            using var document = JsonDocument.Parse(json);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                _names[member.Name] = member.Value.GetString() ?? "";
            }
        }
        catch (Exception exception)
        {
            // The names are a convenience: without them the network is asked afresh.
            HostLog.NameNotKept(_logger, exception.Message);
        }
    }

    private async Task SaveAsync()
    {
        if (Interlocked.Exchange(ref _isWaiting, 1) == 1)
        {
            // Whoever waits for its turn to write will write this change too.
            return;
        }

        await _oneWriter.WaitAsync();
        try
        {
            Interlocked.Exchange(ref _isWaiting, 0);
            // Made after the wait: the last writer writes the newest names.
            await _records.WriteAsync(Collection, Id, Serialised(), CancellationToken.None);
        }
        catch (Exception exception)
        {
            HostLog.NameNotKept(_logger, exception.Message);
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    private byte[] Serialised()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (key, value) in _names.OrderBy(x => x.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
