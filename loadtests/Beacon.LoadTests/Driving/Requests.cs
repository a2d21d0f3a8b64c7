using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Beacon.LoadTests.Driving;

/// <summary>The requests of a household that never ends, put together outside the time that is measured wherever that can be.</summary>
internal static class Requests
{
    private const int Registrars = 256;
    private const string Services = "/api/v1/services";
    private static readonly string[] Types = ["http", "mqtt", "iot", "printer", "media"];

    /// <summary>Three tags and four entries of metadata, as issue and docs count a service.</summary>
    public static string Body(int number, int ttl = 3600) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"name":"service-{{{number}}}","type":"{{{Types[number % Types.Length]}}}","host":"host-{{{number % 1000}}}.lan","port":{{{1 + (number % 65_000)}}},"ttl":{{{ttl}}},"tags":["room-{{{number % 50}}}","floor-{{{number % 3}}}","all"],"metadata":{"version":"1.{{{number % 10}}}","serial":"{{{number:D8}}}","maker":"example","model":"m{{{number % 20}}}"}}""");

    public static Func<ReadOnlyMemory<byte>> Registrations(int first = 0, int ttl = 3600)
    {
        var last = first - 1;
        return () => HttpConnection.Request("POST", Services + "/register", Body(Interlocked.Increment(ref last), ttl));
    }

    public static Func<ReadOnlyMemory<byte>> Heartbeats(IEnumerable<string> ids) =>
        InTurn([.. ids.Select(id => HttpConnection.Request("PUT", $"{Services}/{id}/heartbeat"))]);

    public static Func<ReadOnlyMemory<byte>> LookUps(IEnumerable<string> ids) => InTurn([.. ids.Select(id => HttpConnection.Request("GET", $"{Services}/{id}"))]);

    public static Func<ReadOnlyMemory<byte>> Bulk(string[] ids, int perRequest) =>
        InTurn([.. ids.Chunk(perRequest).Select(some => HttpConnection.Request("POST", "/api/v1/heartbeats", JsonSerializer.Serialize(new { ids = some })))]);

    public static Func<ReadOnlyMemory<byte>> Page(string query) => InTurn([HttpConnection.Request("GET", $"{Services}?{query}")]);

    /// <summary>What the bare endpoint answers, asked for as often as a heartbeat or a look-up.</summary>
    public static Func<ReadOnlyMemory<byte>> Bare(string method) => InTurn([HttpConnection.Request(method, method == "GET" ? "/" : "/" + Guid.Empty)]);

    public static Func<ReadOnlyMemory<byte>> InTurn(IReadOnlyList<ReadOnlyMemory<byte>> all)
    {
        var next = -1;
        return () => all[(int)((uint)Interlocked.Increment(ref next) % (uint)all.Count)];
    }

    /// <summary>Registers so many services and returns their ids.</summary>
    /// <param name="first">Number of the first; its name follows from it.</param>
    public static async Task<string[]> RegisterAsync(Uri beacon, int count, int first = 0, int ttl = 3600)
    {
        var ids = new ConcurrentQueue<string>();
        var result = await ClosedLoop.RunAsync(beacon, Registrars, TimeSpan.FromMinutes(10), Registrations(first, ttl), reply => ids.Enqueue(IdOf(reply)), count);
        result.ThrowIfFailed();
        return [.. ids];
    }

    public static string IdOf(in HttpReply reply)
    {
        var at = reply.Body.Span.IndexOf("\"service_id\":\""u8);
        return at < 0 ? "" : Encoding.ASCII.GetString(reply.Body.Span.Slice(at + 14, 36));
    }
}
