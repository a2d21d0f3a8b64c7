using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Beacon.Native.Tests.Packaging;

/// <summary>The bill of materials of the binary under test, held to the rules of CycloneDX 1.6 that a reader relies on.</summary>
public sealed partial class SbomTests : IDisposable
{
    private static readonly string[] Members = ["$schema", "bomFormat", "specVersion", "serialNumber", "version", "metadata", "components", "dependencies"];
    private static readonly string[] Licences = ["MIT", "Apache-2.0", "ISC", "BSD-3-Clause", "blessing"];

    private readonly string _text = Generate();
    private readonly JsonDocument _bill;

    public SbomTests() => _bill = JsonDocument.Parse(_text);

    private IEnumerable<JsonElement> Components => _bill.RootElement.GetProperty("components").EnumerateArray();

    public void Dispose() => _bill.Dispose();

    [Fact]
    public void It_is_a_CycloneDX_document_with_what_the_schema_demands()
    {
        var root = _bill.RootElement;

        Assert.Equal("CycloneDX", Text(root, "bomFormat"));
        Assert.Equal("1.6", Text(root, "specVersion"));
        Assert.Equal(1, root.GetProperty("version").GetInt32());
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", Text(root, "serialNumber"));
        Assert.Matches(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$", Text(root.GetProperty("metadata"), "timestamp"));
        Assert.Equal(Members, root.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Every_component_has_a_type_a_name_a_version_a_licence_and_an_address()
    {
        Assert.NotEmpty(Components);
        Assert.All(Components, component =>
        {
            Assert.Equal("library", Text(component, "type"));
            Assert.NotEmpty(Text(component, "name"));
            Assert.NotEmpty(Text(component, "version"));
            Assert.Matches(PackageUrl(), Text(component, "purl"));
            Assert.EndsWith($"@{Text(component, "version")}", Text(component, "purl"));
            var terms = Assert.Single(component.GetProperty("licenses").EnumerateArray());
            var ids = terms.TryGetProperty("expression", out var expression) ? expression.GetString()! : Text(terms.GetProperty("license"), "id");
            Assert.All(ids.Split(" AND "), id => Assert.Contains(id, Licences));
            Assert.All(Hashes(component), hash => Assert.Matches("^[0-9a-f]{128}$", hash));
        });
    }

    [Fact]
    public void It_names_what_everybody_would_ask_for()
    {
        var names = Components.Where(component => !component.TryGetProperty("scope", out _)).Select(component => Text(component, "name")).ToList();

        Assert.All(["MongoDB.Driver", "DnsClient", "sqlite", "svelte", "uplot", $"Microsoft.AspNetCore.App.Runtime.{Rid}"], name => Assert.Contains(name, names));
        Assert.DoesNotContain("Snappier", names);
        Assert.DoesNotContain("vitest", names);
        Assert.Equal($"runtime.{Rid}.Microsoft.DotNet.ILCompiler", Text(Assert.Single(Components, component => component.TryGetProperty("scope", out _)), "name"));
    }

    [Fact]
    public void References_are_unique_and_every_dependency_is_one_of_them()
    {
        var self = Text(_bill.RootElement.GetProperty("metadata").GetProperty("component"), "bom-ref");
        var references = Components.Select(component => Text(component, "bom-ref")).Append(self).ToList();
        var dependencies = _bill.RootElement.GetProperty("dependencies").EnumerateArray().ToList();

        Assert.Equal(references.Count, references.Distinct().Count());
        Assert.Equal(dependencies.Count, dependencies.Select(entry => Text(entry, "ref")).Distinct().Count());
        Assert.All(dependencies, entry =>
        {
            Assert.Contains(Text(entry, "ref"), references);
            var on = entry.GetProperty("dependsOn").EnumerateArray().Select(reference => reference.GetString()!).ToList();
            Assert.Equal(on.Count, on.Distinct().Count());
            Assert.All(on, reference => Assert.Contains(reference, references));
        });
    }

    [Fact]
    public void It_is_about_this_binary()
    {
        var self = _bill.RootElement.GetProperty("metadata").GetProperty("component");
        using var binary = File.OpenRead(NativeBinary.Path);

        Assert.Equal("application", Text(self, "type"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(binary)), Assert.Single(Hashes(self)));
    }

    [Fact]
    public void Made_twice_it_is_the_same_to_the_byte() => Assert.Equal(_text, Generate());

    private static string Rid => $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    private static string Generate()
    {
        var script = Path.Combine(Root(), "eng", "sbom.sh");
        using var bash = Process.Start(new ProcessStartInfo("bash", [script, Rid, "--binary", NativeBinary.Path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = bash.StandardError.ReadToEndAsync();
        var output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        Assert.True(bash.ExitCode == 0, errors.Result);
        return output;
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Beacon.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("no Beacon.sln above the tests");
        }

        return directory.FullName;
    }

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;

    private static IEnumerable<string> Hashes(JsonElement of) =>
        of.TryGetProperty("hashes", out var hashes) ? hashes.EnumerateArray().Select(hash => Text(hash, "content")) : [];

    /// <summary>scheme:type/namespace/name@version?qualifiers, the name percent-encoded where it must be.</summary>
    [GeneratedRegex(@"^pkg:(nuget|npm|generic)/((%40)?[A-Za-z0-9._-]+/)?[A-Za-z0-9._-]+@[A-Za-z0-9.+-]+$")]
    private static partial Regex PackageUrl();
}
