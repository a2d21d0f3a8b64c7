using System.Net;

namespace Beacon.Mdns.Status;

/// <summary>The last time another host used a name of ours for something else.</summary>
/// <param name="Since">How long ago.</param>
/// <param name="WasHeld">Then the name was asked for again; otherwise it was left to the other host.</param>
public sealed record ConflictPicture(string Name, string Interface, IPAddress Source, bool WasHeld, TimeSpan Since);
