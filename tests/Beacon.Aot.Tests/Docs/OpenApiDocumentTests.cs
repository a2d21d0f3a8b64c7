using System.Text.Json.Nodes;
using Beacon.Aot.Api;

namespace Beacon.Aot.Tests.Docs;

public sealed class OpenApiDocumentTests
{
    private const string CheckedIn = "src/Beacon.Aot/Api/Docs/openapi.json";

    [Fact]
    public void The_checked_in_document_is_what_the_rules_and_the_route_table_say() =>
        RepositoryFiles.Check(CheckedIn, OpenApiGenerator.Generate(Version));

    [Fact]
    public void Every_reference_inside_the_document_leads_somewhere_and_every_shape_is_used()
    {
        var document = JsonNode.Parse(OpenApiGenerator.Generate(Version))!;
        var used = new HashSet<string>();
        Collect(document, used);

        Assert.Equal(
            document["components"]!["schemas"]!.AsObject().Select(schema => $"#/components/schemas/{schema.Key}").Order(),
            used.Order());
    }

    private static string Version => typeof(ApiErrors).Assembly.GetName().Version!.ToString(3);

    private static void Collect(JsonNode? node, HashSet<string> references)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    if (name == "$ref")
                    {
                        references.Add(value!.GetValue<string>());
                    }

                    Collect(value, references);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Collect(item, references);
                }

                break;
            default:
                break;
        }
    }
}
