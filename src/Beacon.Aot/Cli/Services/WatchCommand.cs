using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Beacon.Aot.Cli.Client;

namespace Beacon.Aot.Cli.Services;

/// <summary><c>beacon watch</c>: events as they happen, over a connection that is made again whenever it ends.</summary>
internal sealed class WatchCommand
{
    /// <summary>The largest frame Beacon sends: a service with every field full, twice over. More is none of ours.</summary>
    private const int MostBytes = 1024 * 1024;
    private const int PieceBytes = 16 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Beacon answers pings of its own; one that does not answer ours within this is away, whatever TCP says.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(30);

    private readonly CommandContext _context;
    private long? _seq;
    private bool _isSilent = true;

    private WatchCommand(CommandContext context) => _context = context;

    public static async Task<ExitCode> RunAsync(CommandContext context)
    {
        using var api = await BeaconApi.OpenAsync(context);
        await new WatchCommand(context).FollowAsync(api.Address);
        return ExitCode.Ok;
    }

    private async Task FollowAsync(Uri address)
    {
        var pause = FirstPause;
        while (true)
        {
            var heardAny = false;
            try
            {
                heardAny = await ConnectAsync(address);
            }
            catch (CommandException exception) when (!_isSilent && exception.Code == ExitCode.Unavailable)
            {
                // Away for now. An address from which nothing was ever heard is more likely a wrong one.
            }

            pause = heardAny ? FirstPause : TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
            if (heardAny)
            {
                _context.Terminal.Complain("the connection ended, connecting again");
            }

            await Task.Delay(pause, _context.Time, _context.Stopping);
        }
    }

    /// <returns>Whether the connection was made.</returns>
    private async Task<bool> ConnectAsync(Uri address)
    {
        var since = _seq is { } seq ? $"&since={seq.ToString(CultureInfo.InvariantCulture)}" : "";
        using var socket = await LiveConnection.OpenAsync(address, "ws?client_id=beacon-watch" + since, PingEvery, _context.Stopping);
        _isSilent = false;
        try
        {
            if (Subscription() is { } subscription)
            {
                await socket.SendAsync(subscription, WebSocketMessageType.Text, endOfMessage: true, _context.Stopping);
            }

            while (await ReadAsync(socket) is { } message)
            {
                Take(message);
            }
        }
        catch (WebSocketException)
        {
        }

        return true;
    }

    /// <summary>Null when the other side closed.</summary>
    private async Task<string?> ReadAsync(WebSocket socket)
    {
        var message = new MemoryStream();
        var piece = new byte[PieceBytes];
        while (true)
        {
            var result = await socket.ReceiveAsync(piece.AsMemory(), _context.Stopping);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(piece, 0, result.Count);
            if (message.Length > MostBytes)
            {
                throw new CommandException(ExitCode.Refused, "a message larger than Beacon ever sends; this is no Beacon");
            }

            if (result.EndOfMessage)
            {
                return Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length);
            }
        }
    }

    private byte[]? Subscription()
    {
        var line = _context.Line;
        if (!line.Has(VerbOption.FilterType) && !line.Has(VerbOption.FilterTag))
        {
            return null;
        }

        return JsonText.Of(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "subscribe"u8);
            writer.WriteStartObject("filter"u8);
            if (line.Has(VerbOption.FilterType))
            {
                JsonText.WriteTexts(writer, "type", line.Values(VerbOption.FilterType));
            }

            if (line.Has(VerbOption.FilterTag))
            {
                JsonText.WriteTexts(writer, "tags", line.Values(VerbOption.FilterTag));
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private void Take(string message)
    {
        using var json = Parse(message);
        if (json is null || json.RootElement.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var root = json.RootElement;
        if (root.TryGetProperty("seq"u8, out var seq) && seq.TryGetInt64(out var at))
        {
            _seq = at;
        }

        var type = root.TryGetProperty("type"u8, out var name) ? name.ToString() : "";
        if (_context.Line.Json)
        {
            _context.Terminal.Out.WriteLine(message);
        }
        else if (WatchLine.Of(_context.Terminal, type, root) is { } line)
        {
            _context.Terminal.Out.WriteLine(line);
        }

        _context.Terminal.Out.Flush();
    }

    private static JsonDocument? Parse(string message)
    {
        try
        {
            return JsonDocument.Parse(message);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
