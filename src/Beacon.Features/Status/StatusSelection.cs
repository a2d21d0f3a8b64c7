using Beacon.Registry.Services;

namespace Beacon.Features.Status;

/// <summary>Which services the page is about, and under which tag each of them stands.</summary>
internal sealed class StatusSelection
{
    private readonly List<(ServiceView Service, ServiceCondition Condition, int Tag)> _shown = [];
    private readonly int[] _counts = new int[Enum.GetValues<ServiceCondition>().Length];

    public StatusSelection(IEnumerable<ServiceView> services, IReadOnlyList<string> tags)
    {
        Tags = tags;
        foreach (var service in services)
        {
            if (Place(service.Instance.Tags) is { } tag)
            {
                var condition = ServiceConditions.Of(service);
                _counts[(int)condition]++;
                _shown.Add((service, condition, tag));
            }
        }

        NotShown = Math.Max(0, _shown.Count - StatusLimits.MaxServices);
        if (NotShown > 0)
        {
            // Nothing that is wrong is left out for something that is well.
            _shown.Sort((x, y) => ServiceConditions.IsTrouble(y.Condition).CompareTo(ServiceConditions.IsTrouble(x.Condition)) is not 0 and var byTrouble
                ? byTrouble
                : Compare(x, y));
            _shown.RemoveRange(StatusLimits.MaxServices, NotShown);
        }

        _shown.Sort(Compare);
    }

    public IReadOnlyList<string> Tags { get; }

    /// <summary>In the order of their rows, each with the place of its tag among <see cref="Tags"/>.</summary>
    public IReadOnlyList<(ServiceView Service, ServiceCondition Condition, int Tag)> Shown => _shown;

    /// <summary>By <see cref="ServiceCondition"/>, with those that are not shown.</summary>
    public IReadOnlyList<int> Counts => _counts;

    public int NotShown { get; }

    private static int Compare(
        (ServiceView Service, ServiceCondition Condition, int Tag) x, (ServiceView Service, ServiceCondition Condition, int Tag) y)
    {
        var byTag = x.Tag.CompareTo(y.Tag);
        var byName = string.Compare(x.Service.Instance.Name, y.Service.Instance.Name, StringComparison.OrdinalIgnoreCase);
        return byTag != 0 ? byTag : byName != 0 ? byName : x.Service.Id.CompareTo(y.Service.Id);
    }

    private int? Place(IReadOnlyList<string> ofService)
    {
        for (var i = 0; i < Tags.Count; i++)
        {
            if (Tags[i] == StatusOptions.Every || ofService.Contains(Tags[i]))
            {
                return i;
            }
        }

        return null;
    }
}
