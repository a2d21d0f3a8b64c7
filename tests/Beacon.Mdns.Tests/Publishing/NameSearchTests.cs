using Beacon.Mdns.Publishing;
using Microsoft.Extensions.Logging;

namespace Beacon.Mdns.Tests.Publishing;

public sealed class NameSearchTests : ILogger
{
    private readonly List<string> _lines = [];

    [Fact]
    public void Section_9_after_a_minute_without_a_free_name_the_operator_hears_of_it_once_a_minute()
    {
        var search = new NameSearch();
        for (var second = 0; second <= 125; second += 5)
        {
            search.OnLost("beacon", $"beacon-{second}", TimeSpan.FromSeconds(second).Ticks, this);
        }

        Assert.Equal(
            ["No free name was found for beacon within a minute; beacon-60 was the last one tried, and trying goes on",
            "No free name was found for beacon within a minute; beacon-120 was the last one tried, and trying goes on"],
            _lines);
    }

    [Fact]
    public void A_name_held_meanwhile_ends_the_search()
    {
        var search = new NameSearch();
        search.OnLost("beacon", "beacon", 0, this);
        search.OnHeld();
        search.OnLost("beacon", "beacon-2", TimeSpan.FromMinutes(2).Ticks, this);
        Assert.Empty(_lines);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Add(formatter(state, exception));
}
