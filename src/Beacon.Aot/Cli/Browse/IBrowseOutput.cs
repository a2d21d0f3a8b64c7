using Beacon.Mdns.Browsing;

namespace Beacon.Aot.Cli.Browse;

/// <summary>Prints what a look finds.</summary>
internal interface IBrowseOutput : IBrowseObserver
{
    /// <summary>The look is over.</summary>
    void Finish();
}
