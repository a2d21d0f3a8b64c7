namespace Beacon.Aot.Logging;

/// <summary>One category's logger; filtering by level has been done before it is called.</summary>
internal sealed class BeaconLogger(string category, BeaconLoggerProvider provider) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        // The state may be a struct that is reused after this call: its fields are copied here, its text made here.
        var fields = state is IReadOnlyList<KeyValuePair<string, object?>> list ? list.ToArray() : null;
        provider.Enqueue(logLevel, category, eventId, formatter(state, exception), fields, exception);
    }
}
