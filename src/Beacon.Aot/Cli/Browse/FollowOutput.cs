using Beacon.Mdns.Browsing;

namespace Beacon.Aot.Cli.Browse;

/// <summary>A line for everything that comes (+), changes (~) and goes (-), with the time of day.</summary>
internal sealed class FollowOutput(TextWriter output, TimeProvider time) : IBrowseOutput
{
    public void OnService(BrowseEvent what, BrowsedService service)
    {
        var text = $"{service.Type}  {service.Instance}  {service.Interface}";
        Write(what, what == BrowseEvent.Gone
            ? text
            : $"{text}  {ServiceText.HostAndPort(service)}  {ServiceText.Addresses(service.Addresses, service.Interface)}  {ServiceText.Txt(service)}".TrimEnd());
    }

    public void OnHost(BrowseEvent what, BrowsedHost host) =>
        Write(what, $"{host.Name}  {ServiceText.Addresses(host.Addresses, host.Interface)}  {host.Interface}");

    public void Finish()
    {
    }

    private void Write(BrowseEvent what, string text)
    {
        var sign = what switch
        {
            BrowseEvent.Found => '+',
            BrowseEvent.Gone => '-',
            _ => '~',
        };
        output.WriteLine($"{time.GetLocalNow():HH:mm:ss.fff} {sign} {text}");
        output.Flush();
    }
}
