namespace Beacon.Mdns.Loop;

/// <summary>
/// Wakes one sleeping thread; setting it twice wakes once. Unlike an event of the system it holds no handle, so that a late call during
/// shutdown is harmless.
/// </summary>
internal sealed class WakeSignal
{
    private readonly object _gate = new();
    private bool _isSet;

    public void Set()
    {
        lock (_gate)
        {
            _isSet = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Wait()
    {
        lock (_gate)
        {
            while (!_isSet)
            {
                Monitor.Wait(_gate);
            }

            _isSet = false;
        }
    }
}
