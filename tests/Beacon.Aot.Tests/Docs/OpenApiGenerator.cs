using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Beacon.Aot.Tests.Docs;

/// <summary>
/// Writes <c>openapi.json</c> from the rules that check requests and the table of operations. Lives here and not in the program, because the
/// finished document is all the program needs.
/// </summary>
internal static class OpenApiGenerator
{
    /// <summary>The program puts the prefix it was started with in its place.</summary>
    public const string DefaultPrefix = "/api/v1";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    public static string Generate(string version) => Document(version).ToJsonString(Indented) + "\n";

    private static JsonObject Document(string version) => new()
    {
        ["openapi"] = "3.1.0",
        ["info"] = new JsonObject
        {
            ["title"] = "Beacon",
            ["version"] = version,
            ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            ["description"] = "Service registry for home servers: register with one request, be found over mDNS by every host on the network. "
                + "Errors have the shape {\"detail\": …}: a sentence, or for 422 the list of everything that is wrong. "
                + "Every path works with and without a slash at its end. Instants are UTC with Z.",
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = DefaultPrefix }),
        ["paths"] = Paths(),
        ["components"] = new JsonObject { ["schemas"] = Schemas() },
    };

    private static JsonObject Paths()
    {
        var paths = new JsonObject();
        foreach (var operation in ApiOperations.All)
        {
            if (paths[operation.Path] is not JsonObject path)
            {
                path = [];
                if (!operation.BelowPrefix)
                {
                    path["servers"] = new JsonArray(new JsonObject { ["url"] = "/" });
                }

                paths[operation.Path] = path;
            }

            path[operation.Method.ToLowerInvariant()] = Operation(operation);
        }

        return paths;
    }

    private static JsonObject Operation(ApiOperation operation)
    {
        var node = new JsonObject
        {
            ["tags"] = new JsonArray(operation.Group),
            ["summary"] = operation.Summary,
            ["operationId"] = OperationId(operation),
        };
        if (operation.Description.Length > 0)
        {
            node["description"] = operation.Description;
        }

        JsonObject[] parameters = operation.IsTagged ? [.. operation.Parameters, Parameters.IfNoneMatch] : [.. operation.Parameters];
        if (parameters.Length > 0)
        {
            node["parameters"] = new JsonArray([.. parameters]);
        }

        if (operation.BodySchema is { } schema)
        {
            node["requestBody"] = new JsonObject
            {
                ["required"] = operation.BodyIsRequired,
                ["content"] = new JsonObject
                {
                    ["application/json"] = new JsonObject { ["schema"] = Schema.Ref(schema), ["example"] = operation.BodyExample!.DeepClone() },
                },
            };
        }

        node["responses"] = Answers(operation);
        return node;
    }

    private static JsonObject Answers(ApiOperation operation)
    {
        var answers = new JsonObject();
        foreach (var (status, schema, description) in operation.Answers)
        {
            var answer = new JsonObject { ["description"] = description };
            if (status == 503)
            {
                answer["headers"] = Header("Retry-After", Schema.Integer("Seconds."));
            }

            if (status == 200 && operation.IsTagged)
            {
                answer["headers"] = Header("ETag", Schema.Text("Changes with every byte of the answer."));
            }

            if (schema is not null)
            {
                var content = new JsonObject { [operation.MediaType] = new JsonObject { ["schema"] = Schema.Ref(schema) } };
                if (status == 200 && operation.AlsoAs is { } other)
                {
                    content[other.MediaType] = new JsonObject { ["schema"] = Schema.Ref(other.Schema) };
                }

                answer["content"] = content;
            }
            else if (status == 200)
            {
                answer["content"] = new JsonObject { [operation.MediaType] = new JsonObject { ["schema"] = Schema.Text() } };
            }

            answers[status.ToString()] = answer;
        }

        if (operation.IsTagged)
        {
            answers["304"] = new JsonObject { ["description"] = "Unchanged since the answer with that ETag." };
        }

        return answers;
    }

    private static JsonObject Header(string name, JsonObject schema) => new() { [name] = new JsonObject { ["schema"] = schema } };

    private static string OperationId(ApiOperation operation)
    {
        var words = operation.Path.Split('/', '{', '}', '.', '_').Where(word => word.Length > 0);
        return operation.Method.ToLowerInvariant() + string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static JsonObject Schemas() => new()
    {
        ["Registration"] = ServiceSchemas.Registration(),
        ["Update"] = ServiceSchemas.Update(),
        ["Query"] = ServiceSchemas.Query(),
        ["Service"] = ServiceSchemas.Service(),
        ["ServiceStatus"] = ServiceSchemas.ServiceWithAnnouncement(),
        ["Status"] = ServiceSchemas.Status(),
        ["ServiceList"] = ServiceSchemas.List(),
        ["Discovery"] = ServiceSchemas.Discovery(),
        ["Texts"] = Schema.List(Schema.Text()),
        ["Heartbeat"] = ServiceSchemas.Heartbeat(),
        ["HeartbeatBatch"] = ServiceSchemas.HeartbeatBatch(),
        ["Heartbeats"] = ServiceSchemas.Heartbeats(),
        ["Deregistration"] = ServiceSchemas.Deregistration(),
        ["Check"] = ServiceSchemas.Check(),
        ["Maintenance"] = ServiceSchemas.Maintenance(),
        ["CleanUp"] = ServiceSchemas.CleanUp(),
        ["ServiceHealth"] = HealthSchemas.OfService(),
        ["HealthSummary"] = HealthSchemas.Summary(),
        ["Incident"] = HealthSchemas.Incident(),
        ["IncidentList"] = HealthSchemas.Incidents(),
        ["Traffic"] = HealthSchemas.Traffic(),
        ["Event"] = EventSchemas.Event(),
        ["EventList"] = EventSchemas.Events(),
        ["Health"] = SystemSchemas.Health(),
        ["Mdns"] = SystemSchemas.MdnsPicture(),
        ["Configuration"] = SystemSchemas.Configuration(),
        ["State"] = SystemSchemas.State(),
        ["NotReady"] = SystemSchemas.NotReady(),
        ["About"] = SystemSchemas.About(),
        ["Welcome"] = SystemSchemas.Welcome(),
        ["OpenApi"] = new JsonObject { ["type"] = "object" },
        ["Detail"] = SystemSchemas.Detail(),
        ["ValidationError"] = SystemSchemas.ValidationError(),
    };
}
