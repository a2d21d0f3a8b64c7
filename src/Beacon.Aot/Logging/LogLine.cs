namespace Beacon.Aot.Logging;

/// <summary>One entry on its way to standard output. Fields are kept as given and only turned into text by the writer.</summary>
internal readonly record struct LogLine(
    DateTimeOffset At,
    LogLevel Level,
    string Logger,
    EventId Event,
    string Message,
    IReadOnlyList<KeyValuePair<string, object?>>? Fields,
    Exception? Exception);
