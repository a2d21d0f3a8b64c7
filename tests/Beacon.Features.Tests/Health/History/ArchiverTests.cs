using Beacon.Features.Health.History;
using Beacon.Storage.Health;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Features.Tests.Health.History;

public sealed class ArchiverTests
{
    private readonly HistoryRig _rig = new();
    private readonly FlakyArchive _archive = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_hour_that_is_over_is_copied_once()
    {
        var nas = HistoryRig.Service();
        for (var i = 0; i < 30 * 4; i++)
        {
            _rig.Check(nas, 2);
            _rig.Clock.Advance(TimeSpan.FromMinutes(15));
            await _rig.History.FlushAsync(Token);
            await Archiver().StepAsync(Token);
        }

        var copied = _archive.Batches.SelectMany(x => x.Results).ToList();
        Assert.Equal(copied.Count, copied.Select(x => x.At).Distinct().Count());
        Assert.InRange(copied.Count, 112, 120);
        Assert.All(copied, x => Assert.Equal(nas.Id, x.Service));
        Assert.Equal(["day", "hour", "minute"], _archive.Batches.SelectMany(x => x.RollUps).Select(x => x.Resolution).Distinct().Order());
    }

    [Fact]
    public async Task What_happened_while_the_archive_was_away_is_copied_when_it_is_back_over_a_restart()
    {
        var nas = HistoryRig.Service();
        _archive.IsAway = true;
        for (var i = 0; i < 20 * 4; i++)
        {
            _rig.Fail(nas);
            _rig.Clock.Advance(TimeSpan.FromMinutes(15));
            await _rig.History.FlushAsync(Token);
            await Archiver().StepAsync(Token);
        }

        Assert.Empty(_archive.Batches);
        _archive.IsAway = false;
        await _rig.KillAsync();
        await _rig.PassHourAsync();
        await Archiver().StepAsync(Token);

        Assert.Equal(80, _archive.Batches.Sum(x => x.Results.Count));
        Assert.Equal("nas", Assert.Single(_archive.Batches.SelectMany(x => x.Incidents)).Name);
    }

    [Fact]
    public async Task An_incident_is_copied_when_it_begins_and_when_it_ends()
    {
        var nas = HistoryRig.Service();
        for (var i = 0; i < 3; i++)
        {
            _rig.Fail(nas);
        }

        await _rig.PassHourAsync();
        await Archiver().StepAsync(Token);
        _rig.Check(nas);
        await _rig.PassAsync(TimeSpan.FromMinutes(1));
        await Archiver().StepAsync(Token);
        await Archiver().StepAsync(Token);

        Assert.Equal([false, true], _archive.Batches.SelectMany(x => x.Incidents).Select(x => x.EndedAt is not null));
    }

    private HealthArchiver Archiver() => new(_rig.History, _rig.Store, _archive, _rig.Options, _rig.Clock, NullLogger.Instance);

    private sealed class FlakyArchive : IHealthArchive
    {
        public bool IsAway { get; set; }

        public List<ArchiveBatch> Batches { get; } = [];

        public Task StoreAsync(ArchiveBatch batch, CancellationToken cancellationToken)
        {
            if (IsAway)
            {
                throw new IOException("away");
            }

            Batches.Add(batch);
            return Task.CompletedTask;
        }
    }
}
