using System.Globalization;
using System.Text;

namespace Beacon.Aot.Logging;

/// <summary>How levels, loggers and fields are called in our output.</summary>
internal static class LogNames
{
    /// <summary>The words of the earlier implementation's structlog.</summary>
    public static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };

    /// <summary><c>Beacon.Mdns.MdnsResponder</c> becomes <c>beacon.mdns.mdnsresponder</c>, as loggers of the earlier implementation were lower-case.</summary>
    public static string Logger(string category) => category.ToLowerInvariant();

    /// <summary><c>ServiceId</c> becomes <c>service_id</c>.</summary>
    public static string Field(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && !char.IsUpper(name[i - 1]))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    public static string Text(object? value) => value switch
    {
        null => "",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
