namespace Beacon.Aot.Logging;

/// <summary>Puts one line, with its end, into a buffer. Called by one thread.</summary>
internal interface ILogLineWriter
{
    void Write(MemoryStream buffer, in LogLine line);
}
