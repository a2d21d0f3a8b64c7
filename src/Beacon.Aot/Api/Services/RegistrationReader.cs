using System.Net;
using System.Text.Json;
using Beacon.Aot.Api.Validation;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>Bodies of registrations and updates. Null: the problems say why.</summary>
internal static class RegistrationReader
{
    public static Registration? ReadRegistration(in JsonElement body, IPAddress? source, Problems problems)
    {
        var fields = new ServiceFields(body, ServiceRules.Required, problems);
        var registration = new Registration
        {
            Name = fields.Text(ServiceRules.Name) ?? "",
            Type = fields.Text(ServiceRules.Type),
            Host = fields.Text(ServiceRules.Host) ?? "",
            Port = fields.Integer(ServiceRules.Port) ?? 0,
            Protocol = fields.Text(ServiceRules.Protocol),
            Tags = fields.List(ServiceRules.Tags),
            Metadata = fields.Map(ServiceRules.Metadata),
            TtlSeconds = fields.Integer(ServiceRules.Ttl),
            HealthCheck = fields.HealthCheck(),
            LeaseSource = fields.LeaseSource(),
            MdnsServiceType = fields.Text(ServiceRules.MdnsServiceType),
            MdnsTxtRecords = fields.Map(ServiceRules.MdnsTxtRecords),
            SourceAddress = source,
        };
        return problems.Any ? null : registration;
    }

    public static ServicePatch? ReadPatch(in JsonElement body, Problems problems)
    {
        var fields = new ServiceFields(body, [], problems);
        var patch = new ServicePatch
        {
            Name = fields.Text(ServiceRules.Name),
            Type = fields.Text(ServiceRules.Type),
            Host = fields.Text(ServiceRules.Host),
            Port = fields.Integer(ServiceRules.Port),
            Protocol = fields.Text(ServiceRules.Protocol),
            Tags = fields.List(ServiceRules.Tags),
            Metadata = fields.Map(ServiceRules.Metadata),
            HealthCheck = fields.HealthCheck(),
            LeaseSource = fields.LeaseSource(),
            MdnsServiceType = fields.Text(ServiceRules.MdnsServiceType),
            MdnsTxtRecords = fields.Map(ServiceRules.MdnsTxtRecords),
        };
        return problems.Any ? null : patch;
    }
}
