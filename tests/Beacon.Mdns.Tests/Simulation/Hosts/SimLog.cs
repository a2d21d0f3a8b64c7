using Microsoft.Extensions.Logging;

namespace Beacon.Mdns.Tests.Simulation.Hosts;

/// <summary>What an engine says of itself, among the packets of the trace.</summary>
internal sealed class SimLog(string host, FakeNetwork network) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        network.Note(host + ": " + formatter(state, exception));
}
