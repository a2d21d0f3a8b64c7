namespace Beacon.Aot.Configuration;

/// <summary>How log lines look.</summary>
internal enum LogForm
{
    /// <summary>Text when standard output is a terminal, JSON otherwise.</summary>
    Auto,

    Json,

    Text,
}
