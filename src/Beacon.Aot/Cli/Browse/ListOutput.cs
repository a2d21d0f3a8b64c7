using Beacon.Mdns.Browsing;

namespace Beacon.Aot.Cli.Browse;

/// <summary>One list at the end, by type and name. Meanwhile a count on the terminal, when there is one.</summary>
internal sealed class ListOutput(TextWriter output, TextWriter? progress, bool colours) : IBrowseOutput
{
    private const string Bold = "\e[1m";
    private const string Dim = "\e[2m";
    private const string Plain = "\e[0m";
    private const string ClearLine = "\r\e[K";

    private readonly List<BrowsedService> _services = [];
    private readonly List<BrowsedHost> _hosts = [];

    public void OnService(BrowseEvent what, BrowsedService service)
    {
        _services.RemoveAll(x => x.Interface == service.Interface && x.FullName == service.FullName);
        if (what != BrowseEvent.Gone)
        {
            _services.Add(service);
        }

        progress?.Write($"{ClearLine}{_services.Count} found, looking");
    }

    public void OnHost(BrowseEvent what, BrowsedHost host)
    {
        _hosts.RemoveAll(x => x.Interface == host.Interface);
        if (what != BrowseEvent.Gone)
        {
            _hosts.Add(host);
        }
    }

    public void Finish()
    {
        if (_services.Count > 0)
        {
            progress?.Write(ClearLine);
        }

        foreach (var host in _hosts.OrderBy(x => x.Interface, StringComparer.Ordinal))
        {
            foreach (var address in host.Addresses)
            {
                output.WriteLine($"{host.Name}  {ServiceText.Address(address, host.Interface)}  {host.Interface}");
            }
        }

        foreach (var type in _services.GroupBy(x => x.Type, StringComparer.OrdinalIgnoreCase).OrderBy(x => x.Key, StringComparer.OrdinalIgnoreCase))
        {
            Write(type.Key, [.. type.OrderBy(x => x.Instance, StringComparer.OrdinalIgnoreCase).ThenBy(x => x.Interface, StringComparer.Ordinal)]);
        }

        output.Flush();
    }

    private void Write(string type, List<BrowsedService> services)
    {
        output.WriteLine(colours ? Bold + type + Plain : type);
        var name = services.Max(x => x.Instance.Length);
        var link = services.Max(x => x.Interface.Length);
        var host = services.Max(x => ServiceText.HostAndPort(x).Length);
        foreach (var service in services)
        {
            output.WriteLine(
                $"  {service.Instance.PadRight(name)}  {service.Interface.PadRight(link)}  {ServiceText.HostAndPort(service).PadRight(host)}  "
                + ServiceText.Addresses(service.Addresses, service.Interface));
            if (service.Txt.Count > 0)
            {
                var txt = ServiceText.Txt(service);
                output.WriteLine($"  {new string(' ', name)}  {(colours ? Dim + txt + Plain : txt)}");
            }
        }
    }
}
