namespace Beacon.Native.Tests.Lab;

/// <summary>A service as somebody else on the network sees it.</summary>
internal sealed record Sighting(string Instance, IReadOnlyList<string> Addresses, int Port, IReadOnlyDictionary<string, string> Txt);
