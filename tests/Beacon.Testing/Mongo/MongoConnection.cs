using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Beacon.Testing.Mongo.Commands;
using Beacon.Testing.Mongo.Data;
using Beacon.Testing.Mongo.Wire;
using MongoDB.Bson;

namespace Beacon.Testing.Mongo;

/// <summary>One client's connection: reads, suffers the planned fault, answers. Commands of one connection run one after the other.</summary>
internal sealed class MongoConnection(MongoTestServer server, Socket socket, CancellationToken stopped)
{
    private static readonly HashSet<string> Unauthenticated =
        ["hello", "isMaster", "ismaster", "ping", "buildInfo", "buildinfo", "saslStart", "saslContinue", "endSessions", "logout"];

    private readonly NetworkStream _plain = new(socket, ownsSocket: true);

    public MongoTestServer Server => server;

    public bool IsAuthenticated { get; set; } = server.Options.Users.Count == 0;

    public ScramExchange? Exchange { get; set; }

    public void Close() => _plain.Dispose();

    public async Task ServeAsync()
    {
        try
        {
            Stream stream = _plain;
            if (server.Options.Certificate is { } certificate)
            {
                var tls = new SslStream(_plain);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stopped);
                stream = tls;
            }

            while (await WireCodec.ReadAsync(stream, stopped) is { } request)
            {
                while (server.IsFrozen)
                {
                    await Task.Delay(20, stopped);
                }

                if (!await AnswerAsync(stream, request))
                {
                    return;
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException or SocketException
            or AuthenticationException or InvalidDataException)
        {
            // The other side is gone, or we are.
        }
    }

    private async Task<bool> AnswerAsync(Stream stream, WireMessage request)
    {
        var info = Describe(request);
        server.Seen?.Invoke(info);
        var fault = Unauthenticated.Contains(request.Command) ? MongoFault.None : server.Plan?.Invoke(info) ?? MongoFault.None;
        switch (fault)
        {
            case MongoFault.Hang:
                await Task.Delay(Timeout.Infinite, stopped);
                break;
            case MongoFault.Cut:
                return false;
            case MongoFault.Slow:
                await Task.Delay(server.Delay, stopped);
                break;
        }

        var answer = await RunAsync(request, fault);
        if (fault == MongoFault.Duplicate)
        {
            answer = await RunAsync(request, fault);
        }

        switch (fault)
        {
            case MongoFault.CutAfterApplying:
                return false;
            case MongoFault.HangAfterApplying:
                await Task.Delay(Timeout.Infinite, stopped);
                break;
        }

        if (!request.WantsReply)
        {
            return true;
        }

        var bytes = WireCodec.Reply(request, answer);
        await stream.WriteAsync(fault == MongoFault.CutMidReply ? bytes.AsMemory(0, bytes.Length / 2) : bytes, stopped);
        return fault != MongoFault.CutMidReply;
    }

    private async Task<BsonDocument> RunAsync(WireMessage request, MongoFault fault)
    {
        try
        {
            if (!IsAuthenticated && !Unauthenticated.Contains(request.Command))
            {
                throw new CommandException(13, "Unauthorized", $"Command {request.Command} requires authentication");
            }

            switch (fault)
            {
                case MongoFault.DiskFull:
                    throw new CommandException(14031, "OutOfDiskSpace", "available disk space is less than required minimum");
                case MongoFault.NotPrimary:
                    throw new CommandException(10107, "NotWritablePrimary", "not primary");
            }

            var answer = await CommandTable.RunAsync(this, request, stopped);
            answer["ok"] = 1.0;
            if (fault == MongoFault.WriteConcernTimeout)
            {
                answer["writeConcernError"] = new BsonDocument
                {
                    { "code", 64 }, { "codeName", "WriteConcernTimeout" }, { "errmsg", "waiting for replication timed out" },
                    { "errInfo", new BsonDocument("wtimeout", true) },
                };
            }

            return answer;
        }
        catch (CommandException error)
        {
            return Failure(error);
        }
        catch (Exception error) when (error is InvalidCastException or KeyNotFoundException or FormatException)
        {
            return Failure(new CommandException(9, "FailedToParse", error.Message));
        }
    }

    private static BsonDocument Failure(CommandException error) => new BsonDocument
    {
        { "ok", 0.0 }, { "errmsg", error.Message }, { "code", error.Code }, { "codeName", error.Name },
    }.Merge(error.Details);

    private static MongoCommandInfo Describe(WireMessage request)
    {
        var body = request.Body;
        var statements = request.Command switch
        {
            "insert" => body.GetValue("documents", new BsonArray()).AsBsonArray.Count,
            "update" => body.GetValue("updates", new BsonArray()).AsBsonArray.Count,
            "delete" => body.GetValue("deletes", new BsonArray()).AsBsonArray.Count,
            _ => 1,
        };
        return new MongoCommandInfo(request.Command, request.Database, body[0].IsString ? body[0].AsString : "", statements);
    }
}
