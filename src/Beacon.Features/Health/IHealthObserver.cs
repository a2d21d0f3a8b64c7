namespace Beacon.Features.Health;

/// <summary>Hears of every check.</summary>
public interface IHealthObserver
{
    /// <summary>On the thread of the check, results of one service in order: must only take note, never wait or throw.</summary>
    void Observe(in HealthObservation observation);
}
