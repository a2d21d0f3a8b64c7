using System.Diagnostics;
using System.Net;
using System.Threading.Channels;

namespace Beacon.LoadTests.Driving;

/// <summary>
/// Requests at a fixed rate whatever the server does. Each counts from when it was meant to be sent, so that a server that stands still is
/// charged for all who would have come meanwhile (no coordinated omission).
/// </summary>
internal static class OpenLoop
{
    /// <summary>
    /// Requests become due in steps of a millisecond, the finest that sleeping allows without taking a processor from the server; what the
    /// step adds is in the figures, half a millisecond on average.
    /// </summary>
    private const int StepMilliseconds = 1;

    /// <param name="request">The next request; any connection may ask for it.</param>
    /// <param name="cancellationToken">Ends the run early; what was due by then is still sent.</param>
    public static async Task<LoadResult> RunAsync(
        Uri server, int connections, double perSecond, TimeSpan length, Func<ReadOnlyMemory<byte>> request, CancellationToken cancellationToken = default)
    {
        var result = new LoadResult();
        var place = IPEndPoint.Parse(server.Authority);
        var due = Channel.CreateUnbounded<TimeSpan>(new UnboundedChannelOptions { SingleWriter = true });
        var begun = Stopwatch.GetTimestamp();
        var clock = new Thread(MakeDue) { IsBackground = true, Name = "open loop" };
        clock.Start();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(RunOneAsync, CancellationToken.None)));
        result.Elapsed = Stopwatch.GetElapsedTime(begun);
        return result;

        void MakeDue()
        {
            var sent = 0L;
            for (var now = TimeSpan.Zero; now < length && !cancellationToken.IsCancellationRequested; now = Stopwatch.GetElapsedTime(begun))
            {
                for (; sent / perSecond < now.TotalSeconds; sent++)
                {
                    due.Writer.TryWrite(TimeSpan.FromSeconds(sent / perSecond));
                }

                Thread.Sleep(StepMilliseconds);
            }

            due.Writer.Complete();
        }

        async Task RunOneAsync()
        {
            using var connection = new HttpConnection(place);
            while (await due.Reader.WaitToReadAsync(CancellationToken.None))
            {
                while (due.Reader.TryRead(out var meant))
                {
                    var reply = await connection.AskAsync(request());
                    result.Add(reply, Stopwatch.GetElapsedTime(begun) - meant);
                }
            }
        }
    }
}
