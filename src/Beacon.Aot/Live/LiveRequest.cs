using System.Globalization;
using Beacon.Aot.Api.Validation;

namespace Beacon.Aot.Live;

/// <summary>What a client asks for in the address it connects to.</summary>
/// <param name="ClientId">Null: Beacon makes one up.</param>
/// <param name="Since">Sequence of the last event the client knows of; null: it begins afresh.</param>
internal sealed record LiveRequest(string? ClientId, long? Since)
{
    private static readonly FieldRule ClientIdRule = new("client_id", FieldKind.Text, 0, LiveLimits.MaxClientId) { Form = TextForm.Line };

    private static readonly FieldRule SinceRule = new("since", FieldKind.Integer);

    /// <summary>Null when there are problems. An empty parameter counts as not given, an unknown one is ignored.</summary>
    public static LiveRequest? Read(IQueryCollection query, Problems problems)
    {
        var clientId = query[ClientIdRule.Name].ToString();
        TextRules.Check(clientId, ClientIdRule, Location.QueryParameter(ClientIdRule.Name), problems);
        var since = ReadSince(query[SinceRule.Name].ToString(), problems);
        return problems.Any ? null : new LiveRequest(clientId.Length > 0 ? clientId : null, since);
    }

    /// <summary>Sequences are longer than the integers of other requests.</summary>
    private static long? ReadSince(string text, Problems problems)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return sequence;
        }

        problems.Add(
            Location.QueryParameter(SinceRule.Name),
            "int_parsing",
            "Input should be the seq of a message, a whole number",
            Problems.Quote(text));
        return null;
    }
}
