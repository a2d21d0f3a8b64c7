using System.Xml.Linq;
using Beacon.Build.Tests.Support;
using Beacon.Mdns.Wire;
using Beacon.Registry;

namespace Beacon.Build.Tests;

/// <summary>The walls of docs/architecture.md. A new reference is a decision: it changes this table first.</summary>
public class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Beacon.Registry"] = [],
        ["Beacon.Mdns.Wire"] = [],
        ["Beacon.Mdns"] = ["Beacon.Mdns.Wire", "Beacon.Registry", "Microsoft.Extensions.Logging.Abstractions"],
        ["Beacon.Storage"] = ["Beacon.Registry", "Microsoft.Extensions.Logging.Abstractions"],
        ["Beacon.Storage.Sqlite"] =
        [
            "Beacon.Registry", "Beacon.Storage", "Microsoft.Extensions.Logging.Abstractions", "SQLitePCLRaw.core", "SQLitePCLRaw.provider.e_sqlite3",
        ],
        ["Beacon.Storage.Mongo"] =
        [
            "Beacon.Registry", "Beacon.Storage", "Microsoft.Extensions.Logging.Abstractions", "MongoDB.Bson", "MongoDB.Driver",
        ],
        ["Beacon.Features"] = ["Beacon.Registry", "Beacon.Storage", "Microsoft.Extensions.Logging.Abstractions"],
        ["Beacon.Aot"] =
        [
            "Beacon.Features", "Beacon.Mdns", "Beacon.Mdns.Wire", "Beacon.Registry", "Beacon.Storage", "Beacon.Storage.Mongo", "Beacon.Storage.Sqlite", "SQLitePCLRaw.lib.e_sqlite3",
        ],
    };

    [Fact]
    public void Every_shipped_project_refers_to_exactly_what_the_architecture_says()
    {
        var actual = Repository.Files(".csproj")
            .Where(path => path.StartsWith("src/", StringComparison.Ordinal))
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), References);

        Assert.Equal(Allowed.Keys.Order(), actual.Keys.Order());
        Assert.All(Allowed, project => Assert.Equal(project.Value, actual[project.Key]));
    }

    [Theory]
    [InlineData(typeof(ServiceRegistry))]
    [InlineData(typeof(MessageReader))]
    public void The_kernel_is_made_of_the_base_library_alone(Type ofKernel)
    {
        var foreign = ofKernel.Assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal));

        Assert.Empty(foreign);
    }

    [Theory]
    [InlineData(typeof(ServiceRegistry))]
    [InlineData(typeof(MessageReader))]
    public void The_kernel_knows_no_sockets_no_HTTP_and_no_files(Type ofKernel)
    {
        string[] refused = ["System.Net.Sockets", "System.Net.Http", "System.Text.Json", "System.IO.FileSystem"];

        Assert.Empty(ofKernel.Assembly.GetReferencedAssemblies().Select(reference => reference.Name).Intersect(refused));
    }

    private static string[] References(string project) =>
        [.. XDocument.Parse(Repository.Read(project)).Descendants()
            .Where(item => item.Name.LocalName is "ProjectReference" or "PackageReference")
            .Select(item => item.Attribute("Include")!.Value)
            .Select(name => name.EndsWith(".csproj", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(name) : name)
            .Order(StringComparer.Ordinal)];
}
