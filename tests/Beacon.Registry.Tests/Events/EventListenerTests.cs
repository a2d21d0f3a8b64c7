using Beacon.Registry.Events;

namespace Beacon.Registry.Tests.Events;

public sealed class EventListenerTests
{
    private readonly EventHub _hub = new();

    [Fact]
    public void A_full_queue_loses_its_oldest_events_and_counts_them()
    {
        var listener = _hub.Listen(100);

        for (var i = 0; i < 250; i++)
        {
            _hub.Publish(RegistryEventKind.CleanedUp, default, null, i);
        }

        var events = new RegistryEvent[200];
        Assert.Equal(100, listener.Read(events));
        Assert.Equal(150, listener.Lost);
        Assert.Equal(Enumerable.Range(151, 100).Select(x => (long)x), events[..100].Select(x => x.Sequence));
    }

    [Fact]
    public void The_consumer_is_woken_when_an_empty_queue_gets_an_event_and_not_for_each()
    {
        var woken = 0;
        var listener = _hub.Listen(10);
        listener.Wake = () => woken++;

        _hub.Publish(RegistryEventKind.CleanedUp, default, null);
        _hub.Publish(RegistryEventKind.CleanedUp, default, null);
        Assert.Equal(1, woken);

        listener.Read(new RegistryEvent[10]);
        _hub.Publish(RegistryEventKind.CleanedUp, default, null);
        Assert.Equal(2, woken);
    }

    [Fact]
    public void Each_listener_has_its_own_queue_and_one_that_left_hears_nothing_more()
    {
        var stays = _hub.Listen(10);
        var leaves = _hub.Listen(10);
        _hub.Unlisten(leaves);

        _hub.Publish(RegistryEventKind.CleanedUp, default, null);

        Assert.Equal(1, stays.Read(new RegistryEvent[10]));
        Assert.Equal(0, leaves.Read(new RegistryEvent[10]));
    }

    [Fact]
    public void What_a_listener_does_not_want_takes_no_room_in_its_queue()
    {
        var listener = _hub.Listen(10, RegistryEventKind.Renewed, RegistryEventKind.Removed);
        _hub.Publish(RegistryEventKind.CleanedUp, default, null);
        for (var i = 0; i < 100; i++)
        {
            _hub.Publish(RegistryEventKind.Renewed, default, null);
            _hub.Publish(RegistryEventKind.Removed, default, null);
        }

        _hub.Publish(RegistryEventKind.CleanedUp, default, null);

        var events = new RegistryEvent[10];
        Assert.Equal(2, listener.Read(events));
        Assert.Equal([1, 202], events[..2].Select(x => x.Sequence));
        Assert.Equal(0, listener.Lost);
    }
}
