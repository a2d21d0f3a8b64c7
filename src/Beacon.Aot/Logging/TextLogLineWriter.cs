using System.Globalization;
using System.Text;

namespace Beacon.Aot.Logging;

/// <summary>One line for people: local time of day, level, message; the logger's name in the back. Coloured on request.</summary>
internal sealed class TextLogLineWriter(bool colours, TimeZoneInfo zone) : ILogLineWriter
{
    private const string Reset = "\u001b[0m";
    private const string Faint = "\u001b[2m";

    public void Write(MemoryStream buffer, in LogLine line)
    {
        var text = new StringBuilder(256);
        var at = TimeZoneInfo.ConvertTime(line.At, zone);
        text.Append(at.ToString("HH:mm:ss.fff ", CultureInfo.InvariantCulture));
        Coloured(text, Colour(line.Level), LogNames.Level(line.Level).PadRight(8));

        // A line of ours stays one line, and a name somebody registered cannot steer the terminal.
        foreach (var c in line.Message)
        {
            text.Append(char.IsControl(c) ? ' ' : c);
        }

        Coloured(text, Faint, $"  ({LogNames.Logger(line.Logger)})");
        text.Append('\n');
        if (line.Exception is not null)
        {
            text.Append(line.Exception).Append('\n');
        }

        buffer.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Colour(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => Faint,
        LogLevel.Information => "\u001b[32m",
        LogLevel.Warning => "\u001b[33m",
        _ => "\u001b[31m",
    };

    private void Coloured(StringBuilder text, string colour, string word)
    {
        if (colours)
        {
            text.Append(colour).Append(word).Append(Reset);
        }
        else
        {
            text.Append(word);
        }
    }
}
