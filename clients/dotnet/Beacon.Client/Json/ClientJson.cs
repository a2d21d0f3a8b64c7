using System.Text.Json.Serialization;

namespace Beacon.Client.Json;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ServiceRegistration))]
[JsonSerializable(typeof(BeaconService))]
[JsonSerializable(typeof(ServicePage))]
[JsonSerializable(typeof(HostChange))]
internal sealed partial class ClientJson : JsonSerializerContext;
