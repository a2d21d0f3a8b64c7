using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Bson.Serialization.Serializers;
using MongoDB.Driver;

namespace Beacon.Storage.Mongo;

/// <summary>
/// The client and its one session. All writes go through that session: on a replica set a write that hung somewhere then fails as too old
/// once a later one was started, instead of taking effect out of turn (specification "retryable-writes").
/// </summary>
internal sealed class MongoLink : IDisposable
{
    private const string Admin = "admin";

    /// <summary>Long enough for an election that is under way to end on the next attempt, short enough not to hold up a start.</summary>
    private static readonly TimeSpan SelectionLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SocketLimit = TimeSpan.FromSeconds(15);

    /// <summary>One for writes, one for the health page's ping, and room for one that is being given up.</summary>
    private const int MostConnections = 4;

    private readonly MongoOptions _options;
    private readonly ILogger _logger;
    private MongoClient _client;
    private IClientSessionHandle? _session;
    private bool _isKnown;

    static MongoLink()
    {
        // The defaults are found by reflection, which a trimmed program has not got: the first handshake would throw.
        BsonDefaults.DynamicArraySerializer = BsonArraySerializer.Instance;
        BsonDefaults.DynamicDocumentSerializer = BsonDocumentSerializer.Instance;
    }

    public MongoLink(MongoOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _client = MakeClient(authenticationSource: null);
    }

    public IMongoCollection<BsonDocument> Services => Database.GetCollection<BsonDocument>(_options.Services);

    public IMongoCollection<BsonDocument> Removed => Database.GetCollection<BsonDocument>(_options.Removed);

    public IMongoCollection<BsonDocument> SetAside => Database.GetCollection<BsonDocument>(_options.SetAside);

    public IMongoDatabase Database => _client.GetDatabase(_options.Database);

    /// <summary>Makes sure that somebody answers and lets us in; afterwards <see cref="SessionAsync"/> is quick.</summary>
    /// <exception cref="MongoStoreException">Nobody does.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PingAsync(cancellationToken);
        }
        catch (Exception error) when (IsWrongUser(error) && !_isKnown && _options.Address.MayBelongToAdmin)
        {
            await UseAdminAsync(cancellationToken);
        }
        catch (Exception error) when (error is MongoException or TimeoutException)
        {
            throw Explain(error);
        }

        if (!_isKnown)
        {
            _isKnown = true;
            MongoLog.Connected(_logger, _options.Address.Hosts, _options.Database);
        }
    }

    public async Task<IClientSessionHandle> SessionAsync(CancellationToken cancellationToken) =>
        _session ??= await _client.StartSessionAsync(new ClientSessionOptions { CausalConsistency = false }, cancellationToken);

    public Task PingAsync(CancellationToken cancellationToken) =>
        Database.RunCommandAsync(new BsonDocumentCommand<BsonDocument>(new BsonDocument("ping", 1)), ReadPreference.Primary, cancellationToken);

    /// <summary>Documents that are there already, because they were sent before and the answer was lost, stay as they are.</summary>
    public async Task InsertOnceAsync(string collection, IReadOnlyList<BsonDocument> documents, CancellationToken cancellationToken)
    {
        if (documents.Count == 0)
        {
            return;
        }

        try
        {
            await Database.GetCollection<BsonDocument>(collection).InsertManyAsync(
                await SessionAsync(cancellationToken), documents, new InsertManyOptions { IsOrdered = false }, cancellationToken);
        }
        catch (MongoBulkWriteException<BsonDocument> error) when (
            error.WriteConcernError is null && error.WriteErrors.All(x => x.Category == ServerErrorCategory.DuplicateKey))
        {
        }
    }

    /// <summary>What the server's clock shows beyond this one's, to half the round trip.</summary>
    public async Task<TimeSpan> ClockDifferenceAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var hello = await Database.RunCommandAsync(
            new BsonDocumentCommand<BsonDocument>(new BsonDocument("hello", 1)), ReadPreference.Primary, cancellationToken);
        var half = time.GetElapsedTime(started) / 2;
        return hello.TryGetValue("localTime", out var at) && at.IsValidDateTime
            ? at.ToUniversalTime() + half - time.GetUtcNow().UtcDateTime
            : TimeSpan.Zero;
    }

    /// <summary>In words for the log and <c>/health</c>.</summary>
    public MongoStoreException Explain(Exception error) => error switch
    {
        MongoStoreException known => known,
        _ when IsWrongUser(error) => new MongoStoreException(
            $"MongoDB at {_options.Address.Hosts} does not accept the user or password of BEACON_MONGODB_URL", error),
        TimeoutException => new MongoStoreException($"MongoDB at {_options.Address.Hosts} cannot be reached: {FirstCause(error)}", error),
        _ => new MongoStoreException($"MongoDB at {_options.Address.Hosts}: {OneLine(error.Message)}", error),
    };

    public void Dispose()
    {
        _session?.Dispose();
        _client.Dispose();
    }

    private async Task UseAdminAsync(CancellationToken cancellationToken)
    {
        var named = _client;
        _client = MakeClient(Admin);
        try
        {
            await PingAsync(cancellationToken);
        }
        catch (Exception error) when (error is MongoException or TimeoutException)
        {
            _client.Dispose();
            _client = named;
            throw Explain(error);
        }

        named.Dispose();
        MongoLog.AuthenticatedByAdmin(_logger, _options.Address.Database!);
    }

    private MongoClient MakeClient(string? authenticationSource)
    {
        var url = _options.Address.Url;
        if (authenticationSource is not null)
        {
            url = new MongoUrlBuilder(url.ToString()) { AuthenticationSource = authenticationSource }.ToMongoUrl();
        }

        var settings = MongoClientSettings.FromUrl(url);
        settings.ApplicationName = "beacon";

        // Whatever the URL asks for: documents of a kilobyte gain nothing, and the published binary has no compressors (Mongo.Substitutions.xml).
        settings.Compressors = [];
        settings.ServerSelectionTimeout = SelectionLimit;
        settings.ConnectTimeout = SelectionLimit;
        settings.SocketTimeout = SocketLimit;
        settings.MaxConnectionPoolSize = MostConnections;
        settings.WriteConcern = WriteConcern.WMajority.With(journal: true);
        settings.ReadPreference = ReadPreference.Primary;
        if (_options.AuthorityFile is { } file)
        {
            settings.SslSettings = new SslSettings { ServerCertificateValidationCallback = Validator(file) };
        }

        return new MongoClient(settings);
    }

    private RemoteCertificateValidationCallback Validator(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            MongoLog.BadAuthority(_logger, file, error.Message);
        }

        return (_, certificate, _, errors) =>
        {
            if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            {
                return false;
            }

            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            using var presented = new X509Certificate2(certificate);
            return chain.Build(presented);
        };
    }

    private static bool IsWrongUser(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is MongoAuthenticationException)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The driver's own message is a description of the whole cluster over many lines.</summary>
    private static string FirstCause(Exception error)
    {
        const string Mark = "---> ";
        var message = error.Message;
        var at = message.LastIndexOf(Mark, StringComparison.Ordinal);
        var cause = at < 0 ? "no server answers" : message[(at + Mark.Length)..];
        var end = cause.IndexOfAny(['\r', '\n']);
        cause = end < 0 ? cause : cause[..end];
        var colon = cause.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? cause : cause[(colon + 2)..];
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
