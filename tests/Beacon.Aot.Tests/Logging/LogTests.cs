using System.Text;
using System.Text.Json;
using Beacon.Aot.Logging;
using Beacon.Testing;
using Microsoft.Extensions.Logging;

namespace Beacon.Aot.Tests.Logging;

public sealed partial class LogTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void A_line_is_one_JSON_object_in_the_agreed_shape()
    {
        var line = Json(x => Said(x, "Küche \"1\"\n", 3, new InvalidOperationException("broken")));

        Assert.Equal(
            ["timestamp", "level", "logger", "message", "event_id", "service_name", "count", "exception"],
            line.EnumerateObject().Select(x => x.Name));
        Assert.Equal("2026-11-23T08:25:01.000000Z", line.GetProperty("timestamp").GetString());
        Assert.Equal("warning", line.GetProperty("level").GetString());
        Assert.Equal("beacon.some.part", line.GetProperty("logger").GetString());
        Assert.Equal("Service Küche \"1\"\n failed 3 times", line.GetProperty("message").GetString());
        Assert.Equal(4711, line.GetProperty("event_id").GetInt32());
        Assert.Equal("Küche \"1\"\n", line.GetProperty("service_name").GetString());
        Assert.Equal(3, line.GetProperty("count").GetInt32());
        Assert.Contains("broken", line.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogLevel.Debug, "debug")]
    [InlineData(LogLevel.Information, "info")]
    [InlineData(LogLevel.Error, "error")]
    [InlineData(LogLevel.Critical, "critical")]
    public void Levels_have_the_words_of_the_earlier_implementation(LogLevel level, string word) =>
        Assert.Equal(word, Json(x => Noted(x, level)).GetProperty("level").GetString());

    [Fact]
    public void A_line_for_people_stays_one_line_whatever_a_client_calls_its_service()
    {
        var text = Written(new TextLogLineWriter(colours: false, TimeZoneInfo.Utc), x => Said(x, "evil\u001b[2J\nname", 1, null));

        Assert.Equal("08:25:01.000 warning Service evil [2J name failed 1 times  (beacon.some.part)\n", text);
    }

    [Fact]
    public async Task When_nobody_reads_lines_are_dropped_and_counted_and_nobody_waits()
    {
        using var output = new StuckStream();
        var provider = new BeaconLoggerProvider(output, new JsonLogLineWriter(), _clock);
        var logger = provider.CreateLogger("Beacon");
        Noted(logger, LogLevel.Information);
        await output.Reached.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        const int Over = 1000;
        for (var i = 0; i < BeaconLoggerProvider.QueueCapacity + Over; i++)
        {
            Noted(logger, LogLevel.Information);
        }

        output.Free.SetResult();
        await Task.Run(provider.Dispose, TestContext.Current.CancellationToken);

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + BeaconLoggerProvider.QueueCapacity + 1, lines.Length);
        Assert.Contains($"{Over} log lines were dropped", lines[^1], StringComparison.Ordinal);
    }

    [LoggerMessage(4711, LogLevel.Warning, "Service {ServiceName} failed {Count} times")]
    private static partial void Said(ILogger logger, string serviceName, int count, Exception? exception);

    [LoggerMessage(EventId = 4712, Message = "noted")]
    private static partial void Noted(ILogger logger, LogLevel level);

    private JsonElement Json(Action<ILogger> log)
    {
        var text = Written(new JsonLogLineWriter(), log);
        Assert.Equal(text.Length - 1, text.IndexOf('\n', StringComparison.Ordinal));
        return JsonDocument.Parse(text).RootElement;
    }

    private string Written(ILogLineWriter writer, Action<ILogger> log)
    {
        using var output = new MemoryStream();
        using (var provider = new BeaconLoggerProvider(output, writer, _clock))
        {
            log(provider.CreateLogger("Beacon.Some.Part"));
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>A reader that hangs until it is freed.</summary>
    private sealed class StuckStream : MemoryStream
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Free { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reached.TrySetResult();
            await Free.Task;
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
