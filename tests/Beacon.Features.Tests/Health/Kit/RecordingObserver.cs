using Beacon.Features.Health;
namespace Beacon.Features.Tests.Health.Kit;

internal sealed class RecordingObserver : IHealthObserver
{
    public List<HealthObservation> Seen { get; } = [];

    public bool Records { get; set; } = true;

    public void Observe(in HealthObservation observation)
    {
        if (Records)
        {
            Seen.Add(observation);
        }
    }
}
