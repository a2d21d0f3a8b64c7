using Beacon.Aot.Api.Validation;
using Beacon.Registry.Queries;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>Collects the conditions of a list from a query string or a body. An empty text is no condition.</summary>
internal sealed class ServiceQueryBuilder(Problems problems)
{
    private readonly List<KeyValuePair<string, string>> _applied = [];
    private readonly List<KeyValuePair<string, string>> _metadata = [];
    private readonly List<string> _tags = [];
    private ServiceFilter _filter = new();
    private bool _matchesNothing;

    public int Skip { get; set; }

    public int Limit { get; set; } = QueryRules.DefaultLimit;

    public void Add(FieldRule rule, string? text, in Location at)
    {
        if (string.IsNullOrEmpty(text) || !TextRules.Check(text, rule, at, problems))
        {
            return;
        }

        if (rule == QueryRules.Status && !AddStatus(text, at))
        {
            return;
        }

        _filter = rule.Name switch
        {
            "type" => _filter with { Type = text },
            "protocol" => _filter with { Protocol = text },
            "name" => _filter with { Name = text },
            "host" => _filter with { Host = text },
            "q" => _filter with { Text = text },
            _ => _filter,
        };
        _applied.Add(new(rule.Name, text));
    }

    public void AddTags(IEnumerable<string> tags)
    {
        foreach (var tag in tags)
        {
            if (tag.Length > 0 && !_tags.Contains(tag))
            {
                _tags.Add(tag);
            }
        }
    }

    public void AddMetadata(string key, string value)
    {
        _metadata.Add(new(key, value));
        _applied.Add(new(QueryRules.MetadataPrefix + key, value));
    }

    public ServiceQuery Build()
    {
        if (_tags.Count > 0)
        {
            _applied.Add(new(QueryRules.Tags.Name, string.Join(',', _tags)));
        }

        return new(_filter with { Tags = _tags, Metadata = _metadata }, _applied, Skip, Limit, _matchesNothing);
    }

    private bool AddStatus(string text, in Location at)
    {
        switch (text)
        {
            case "active":
                _filter = _filter with { Status = ServiceStatus.Active };
                return true;
            case "unhealthy":
                _filter = _filter with { Status = ServiceStatus.Unhealthy };
                return true;
            case "expired":
                _filter = _filter with { Status = ServiceStatus.Expired };
                return true;
            case QueryRules.Inactive:
                _matchesNothing = true;
                return true;
            default:
                const string Expected = "'active', 'inactive', 'unhealthy' or 'expired'";
                problems.Add(at, "enum", $"Input should be {Expected}", Problems.Quote(text), $"{{\"expected\":\"{Expected}\"}}");
                return false;
        }
    }
}
