using Beacon.Features.Status;

namespace Beacon.Aot.Status;

/// <summary>A board in all its forms, each drawn when it is asked for first and never again.</summary>
internal sealed class StatusPages(StatusBoard board, StatusOptions options, TimeZoneInfo zone)
{
    private readonly Dictionary<StatusRequest, Lazy<StatusPage>> _forms = StatusRequest.All.ToDictionary(
        x => x, x => new Lazy<StatusPage>(() => new StatusPage(new StatusWriter(board, options, x, zone).Write())));

    public StatusBoard Board => board;

    public StatusPage this[StatusRequest request] => _forms[request].Value;
}
