using System.Net;
using System.Net.Sockets;
using Beacon.Testing.Mongo.Commands;
using Beacon.Testing.Mongo.Data;
using MongoDB.Bson;

namespace Beacon.Testing.Mongo;

/// <summary>
/// A MongoDB server as drivers see one: real TCP, real TLS, real SCRAM, the commands Beacon uses with their published semantics, kept in
/// a file, and as unreliable as a test wants. It is not MongoDB: what it knows is written beside each command, and what it does not know
/// is an error.
/// </summary>
/// <remarks>Any thread. <see cref="Stop"/> is what pulling the plug looks like from outside; <see cref="Start"/> brings it back.</remarks>
public sealed class MongoTestServer : IDisposable
{
    private readonly MongoTestServerOptions _options;
    private readonly HashSet<MongoConnection> _connections = [];
    private readonly Lock _gate = new();
    private MongoData _data;
    private Socket? _listener;
    private CancellationTokenSource _stopped = new();

    public MongoTestServer(MongoTestServerOptions? options = null)
    {
        _options = options ?? new MongoTestServerOptions();
        _data = new MongoData(_options.File);
        Port = _options.Port;
        Start();
    }

    public int Port { get; private set; }

    /// <summary>Asked for each command but hello and ping; null: nothing goes wrong.</summary>
    public Func<MongoCommandInfo, MongoFault>? Plan { get; set; }

    /// <summary>How long <see cref="MongoFault.Slow"/> takes.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>False: stepped down. Reads and hello go on, writes are refused with 10107.</summary>
    public bool IsPrimary { get; set; } = true;

    /// <summary>New connections, and everything on old ones, wait while it is true: a host that no longer answers.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Added to the server's clock, to try what happens when it is not the client's.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>Called with each command before it is carried out; for tests that count or look.</summary>
    public Action<MongoCommandInfo>? Seen { get; set; }

    internal MongoTestServerOptions Options => _options;

    internal MongoData Data => _data;

    internal RetryableWrites Retried { get; private set; } = new();

    internal Cursors Cursors { get; } = new();

    internal DateTime Now => DateTime.UtcNow + ClockOffset;

    /// <summary>For a client on this machine, without database.</summary>
    public string Address => $"127.0.0.1:{Port}";

    public string Url(string path = "beacon", string? credentials = null, string query = "") =>
        $"mongodb://{(credentials is null ? "" : credentials + "@")}{Address}/{path}?{(_options.ReplicaSet is { } name ? $"replicaSet={name}" : "directConnection=true")}{query}";

    public void Start()
    {
        lock (_gate)
        {
            if (_listener is not null)
            {
                return;
            }

            _stopped = new CancellationTokenSource();
            _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
            _listener.Listen(512);
            Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
            _ = AcceptAsync(_listener, _stopped.Token);
        }
    }

    /// <summary>Refuses connections and ends those there are. What was acknowledged is kept, in the file if there is one.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _listener?.Dispose();
            _listener = null;
            _stopped.Cancel();
        }

        CutConnections();
    }

    /// <summary>Stops, forgets all it has in memory and reads its file again.</summary>
    public void Crash()
    {
        Stop();
        lock (_data.Gate)
        {
            _data.Dispose();
            _data = new MongoData(_options.File);
            Retried = new RetryableWrites();
        }

        Start();
    }

    public void CutConnections()
    {
        MongoConnection[] open;
        lock (_gate)
        {
            open = [.. _connections];
        }

        foreach (var connection in open)
        {
            connection.Close();
        }
    }

    /// <summary>Copies of the documents of a collection, in insertion order.</summary>
    public IReadOnlyList<BsonDocument> Documents(string ns)
    {
        lock (_data.Gate)
        {
            return [.. (_data.Find(ns)?.Documents ?? []).Select(x => (BsonDocument)x.DeepClone())];
        }
    }

    public IReadOnlyList<BsonDocument> Indexes(string ns)
    {
        lock (_data.Gate)
        {
            return [.. (_data.Find(ns)?.Indexes ?? []).Select(x => x.Specification)];
        }
    }

    /// <summary>Behind everybody's back.</summary>
    public void Insert(string ns, params IEnumerable<BsonDocument> documents)
    {
        lock (_data.Gate)
        {
            foreach (var document in documents)
            {
                _data.Insert(ns, document);
            }

            _data.Commit();
        }
    }

    /// <inheritdoc cref="Insert"/>
    public void CreateIndex(string ns, BsonDocument specification)
    {
        lock (_data.Gate)
        {
            _data.AddIndex(ns, specification);
        }
    }

    /// <inheritdoc cref="Insert"/>
    public void Replace(string ns, IEnumerable<BsonDocument> documents)
    {
        lock (_data.Gate)
        {
            foreach (var old in _data.Get(ns).Documents.ToList())
            {
                _data.Remove(ns, old);
            }

            foreach (var document in documents)
            {
                _data.Insert(ns, document);
            }

            _data.Commit();
        }
    }

    /// <summary>What the TTL monitor does once a minute. Returns how many documents went.</summary>
    public int ExpireDocuments()
    {
        lock (_data.Gate)
        {
            return _data.ExpireDocuments(Now);
        }
    }

    public void Dispose()
    {
        Stop();
        _data.Dispose();
    }

    private async Task AcceptAsync(Socket listener, CancellationToken stopped)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(stopped);
                socket.NoDelay = true;
                var connection = new MongoConnection(this, socket, stopped);
                lock (_gate)
                {
                    _connections.Add(connection);
                }

                _ = ServeAsync(connection);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(MongoConnection connection)
    {
        try
        {
            await connection.ServeAsync();
        }
        finally
        {
            lock (_gate)
            {
                _connections.Remove(connection);
            }

            connection.Close();
        }
    }
}
