namespace Beacon.Aot.Background;

/// <summary>Remembers that the program is stopping because something in it died. Any thread.</summary>
internal sealed class ApplianceFailure
{
    private volatile bool _happened;

    public bool Happened => _happened;

    public void Report() => _happened = true;
}
