using System.Diagnostics.Metrics;

namespace Beacon.Mdns.Transport;

/// <summary>Counters of the meter <c>Beacon.Mdns</c> for what never reaches the engine.</summary>
internal sealed class TransportMetrics : IDisposable
{
    private readonly Meter _meter = new("Beacon.Mdns");
    private readonly Counter<long> _sendFailures;
    private readonly Counter<long> _tooLong;
    private readonly Counter<long> _offLink;
    private readonly Counter<long> _badSource;
    private long _sendFailureCount;

    public TransportMetrics()
    {
        _sendFailures = _meter.CreateCounter<long>("beacon.mdns.transport.send_failures", description: "Datagrams the system did not take");
        _tooLong = _meter.CreateCounter<long>("beacon.mdns.transport.too_long", description: "Longer than 9000 bytes");
        _offLink = _meter.CreateCounter<long>("beacon.mdns.transport.off_link", description: "Sent to our address from another network");
        _badSource = _meter.CreateCounter<long>("beacon.mdns.transport.bad_source", description: "From port 0: nobody could be answered");
    }

    /// <param name="dropped">Read whenever somebody collects.</param>
    public void ObserveDrops(Func<long> dropped) =>
        _meter.CreateObservableCounter("beacon.mdns.packets.dropped", dropped, description: "Thrown away by the system, unread");

    public long SendFailures => Volatile.Read(ref _sendFailureCount);

    public void SendFailed()
    {
        Interlocked.Increment(ref _sendFailureCount);
        _sendFailures.Add(1);
    }

    public void TooLong() => _tooLong.Add(1);

    public void OffLink() => _offLink.Add(1);

    public void BadSource() => _badSource.Add(1);

    public void Dispose() => _meter.Dispose();
}
