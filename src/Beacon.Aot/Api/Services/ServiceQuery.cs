using Beacon.Registry.Queries;

namespace Beacon.Aot.Api.Services;

/// <summary>One list that was asked for.</summary>
/// <param name="Applied">The conditions by name, as the client gave them, for <c>filters_applied</c>.</param>
/// <param name="MatchesNothing">Asks for <c>status=inactive</c>, which the contract knows and no service ever has.</param>
internal sealed record ServiceQuery(
    ServiceFilter Filter, IReadOnlyList<KeyValuePair<string, string>> Applied, int Skip, int Limit, bool MatchesNothing);
