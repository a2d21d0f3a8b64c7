using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Beacon.Registry.Services;

namespace Beacon.Aot.Metrics;

/// <summary>Writes gauges of single services in the text formats, straight to the answer: thousands of lines, none of them a string.</summary>
internal readonly ref struct SampleWriter(IBufferWriter<byte> output)
{
    private const int LongestNumber = 32;
    private const int LengthOfId = 36;

    public void Family(ReadOnlySpan<char> name, ReadOnlySpan<char> help)
    {
        output.Write("# HELP "u8);
        Text(name);
        output.Write(" "u8);
        Text(help);
        output.Write("\n# TYPE "u8);
        Text(name);
        output.Write(" gauge\n"u8);
    }

    public void Sample(ReadOnlySpan<char> name, double value)
    {
        Text(name);
        Value(value);
    }

    /// <summary>The name may be another's too, the id is its own: both are labels.</summary>
    public void Sample(ReadOnlySpan<char> name, ServiceInstance service, double value)
    {
        Text(name);
        output.Write("{name=\""u8);
        Label(service.Name);
        output.Write("\",service_id=\""u8);
        var span = output.GetSpan(LengthOfId);
        Utf8Formatter.TryFormat(service.Id.Value, span, out var written);
        output.Advance(written);
        output.Write("\",type=\""u8);
        Label(service.Type);
        output.Write("\"}"u8);
        Value(value);
    }

    private void Value(double value)
    {
        output.Write(" "u8);
        var span = output.GetSpan(LongestNumber);
        value.TryFormat(span, out var written, "R", System.Globalization.CultureInfo.InvariantCulture);

        // OpenMetrics calls a number without a point an integer, which a gauge may be; the exponent of .NET is understood by both formats.
        output.Advance(written);
        output.Write("\n"u8);
    }

    /// <summary>Backslash, quote and line break are the three that the formats escape.</summary>
    private void Label(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny('\\', '"', '\n') is >= 0 and var at)
        {
            Text(text[..at]);
            output.Write(text[at] switch
            {
                '\\' => "\\\\"u8,
                '"' => "\\\""u8,
                _ => "\\n"u8,
            });
            text = text[(at + 1)..];
        }

        Text(text);
    }

    private void Text(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, output);
}
