namespace Beacon.Mdns.Tests.Kit;

internal sealed record DecodedQuestion(string Name, ushort Type, ushort Class, bool WantsUnicast);
