using System.Text.Json;
using System.Text.RegularExpressions;
using Beacon.Build.Tests.Support;

namespace Beacon.Build.Tests;

/// <summary>The list that `beacon licenses` prints names all that ships. That its words are those of the packages is checked by eng/licenses.sh.</summary>
public partial class LicenceTests
{
    private const string List = "src/Beacon.Aot/Cli/Licenses/licenses.txt";

    /// <summary>In the lock file and not in the binary, each with the reason.</summary>
    private static readonly Dictionary<string, string> NotInside = new()
    {
        ["Microsoft.CodeAnalysis.BannedApiAnalyzers"] = "looks at the sources",
        ["Microsoft.DotNet.ILCompiler"] = "compiles; what it links in is listed as the runtime",
        ["Microsoft.NET.ILLink.Tasks"] = "looks at the sources",
        ["SharpCompress"] = "cut off by Mongo.Substitutions.xml",
        ["Snappier"] = "cut off by Mongo.Substitutions.xml",
        ["ZstdSharp.Port"] = "cut off by Mongo.Substitutions.xml",
    };

    [Fact]
    public void Every_package_that_is_linked_is_listed_with_its_version()
    {
        var list = Repository.Read(List);
        var packages = Lock("src/Beacon.Aot/packages.lock.json").GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .ToDictionary(package => package.Name, package => package.Value.GetProperty("resolved").GetString()!);

        Assert.Empty(NotInside.Keys.Except(packages.Keys));
        Assert.All(packages.Where(package => !NotInside.ContainsKey(package.Key)), package => Assert.Contains($"\n{package.Key} {package.Value}\n", list));
        Assert.All(
            ["Microsoft.NETCore.App.Runtime.NativeAOT", "Microsoft.AspNetCore.App.Runtime"],
            pack => Assert.Contains($"\n{pack} {packages["Microsoft.DotNet.ILCompiler"]}\n", list));
    }

    [Fact]
    public void Every_package_that_the_dashboard_imports_is_listed_with_its_version()
    {
        var list = Repository.Read(List);
        var locked = Lock("ui/package-lock.json").GetProperty("packages");
        var imported = Repository.Files(".ts", ".svelte")
            .Where(path => path.StartsWith("ui/src/", StringComparison.Ordinal) && !path.EndsWith(".spec.ts", StringComparison.Ordinal))
            .SelectMany(path => Import().Matches(Repository.Read(path)))
            .Select(match => match.Groups["package"].Value)
            .Distinct()
            .ToList();

        Assert.Contains("svelte", imported);
        Assert.All(imported, package =>
            Assert.Contains($"\n{package} {locked.GetProperty($"node_modules/{package}").GetProperty("version").GetString()}\n", list));
    }

    [Fact]
    public void Every_licence_that_is_named_is_printed_in_full()
    {
        var list = Repository.Read(List);
        var named = Named().Matches(list.Split("Notices that come with .NET")[0]).Select(match => match.Groups["id"].Value).Distinct().ToList();

        Assert.Contains("MIT", named);
        Assert.Contains("Apache-2.0", named);
        Assert.All(named, id => Assert.Contains($"\nThe {id} text\n", list));
        Assert.Contains("\nBeacon ", list);
        Assert.Contains(Repository.Read("LICENSE").Split('\n')[2], list);
    }

    /// <summary>It goes into the binary as it is, and that has a limit.</summary>
    [Fact]
    public void The_list_stays_small() => Assert.InRange(Repository.Read(List).Length, 10_000, 110_000);

    private static JsonElement Lock(string path) => JsonDocument.Parse(Repository.Read(path)).RootElement;

    [GeneratedRegex(@"(from|import) '(?<package>(@[\w-]+/)?[a-z][\w-]*)(/[^']*)?'")]
    private static partial Regex Import();

    [GeneratedRegex(@"\n\S+ [0-9]\S*\n  (?<id>[A-Za-z0-9.-]+)\n")]
    private static partial Regex Named();
}
