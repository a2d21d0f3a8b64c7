using System.Diagnostics;
using System.Net;

namespace Beacon.LoadTests.Driving;

/// <summary>Each connection sends its next request as soon as the last is answered: what the server can do at most.</summary>
internal static class ClosedLoop
{
    /// <param name="request">The next request; any connection may ask for it.</param>
    /// <param name="taken">Called with each answer; null: nobody wants them.</param>
    /// <param name="atMost">Requests in all.</param>
    public static async Task<LoadResult> RunAsync(
        Uri server, int connections, TimeSpan length, Func<ReadOnlyMemory<byte>> request, Action<HttpReply>? taken = null, long atMost = long.MaxValue)
    {
        var result = new LoadResult();
        var place = IPEndPoint.Parse(server.Authority);
        var begun = Stopwatch.GetTimestamp();
        var sent = 0L;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(RunOneAsync)));
        result.Elapsed = Stopwatch.GetElapsedTime(begun);
        return result;

        async Task RunOneAsync()
        {
            using var connection = new HttpConnection(place);
            while (Stopwatch.GetElapsedTime(begun) < length && Interlocked.Increment(ref sent) <= atMost)
            {
                var start = Stopwatch.GetTimestamp();
                var reply = await connection.AskAsync(request());
                result.Add(reply, Stopwatch.GetElapsedTime(start));
                taken?.Invoke(reply);
            }
        }
    }
}
