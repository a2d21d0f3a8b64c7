using Beacon.Features.Events;
using Beacon.Storage;
using Beacon.Storage.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Features.Tests.Events;

public sealed class EventArchiverTests : IDisposable
{
    private readonly EventRig _rig = new();
    private readonly MemoryStore _records = new();
    private readonly FlakyArchive _archive = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Everything_is_copied_once_and_in_order_over_outages_and_restarts()
    {
        for (var i = 0; i < 30; i++)
        {
            for (var j = 0; j < 100; j++)
            {
                _rig.Log.Record(EventKind.MdnsRenamed, $"{(i * 100) + j}");
            }

            await _rig.Log.FlushAsync(Token);
            _archive.IsAway = i % 3 == 1;
            await Archiver().StepAsync(Token);
        }

        _archive.IsAway = false;
        await Archiver().StepAsync(Token);

        Assert.Equal(Enumerable.Range(0, 3_000).Select(x => $"{x}"), _archive.Entries.Select(x => x.Detail!));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_sent_again_and_nothing_is_left_out()
    {
        _rig.Log.Record(EventKind.BeaconStarted);
        await _rig.Log.FlushAsync(Token);
        _archive.LosesAnswer = true;
        var archiver = Archiver();
        await archiver.StepAsync(Token);
        _archive.LosesAnswer = false;
        await archiver.StepAsync(Token);
        await archiver.StepAsync(Token);

        Assert.Equal([1, 1], _archive.Entries.Select(x => x.Id));
    }

    private EventArchiver Archiver() => new(_rig.Store, _records, _archive, _rig.Clock, NullLogger.Instance);

    private sealed class FlakyArchive : IEventArchive
    {
        public bool IsAway { get; set; }

        public bool LosesAnswer { get; set; }

        public List<EventEntry> Entries { get; } = [];

        public Task StoreAsync(IReadOnlyList<EventEntry> entries, CancellationToken cancellationToken)
        {
            if (IsAway)
            {
                return Task.FromException(new IOException("away"));
            }

            Entries.AddRange(entries);
            return LosesAnswer ? Task.FromException(new IOException("no answer")) : Task.CompletedTask;
        }
    }
}
