namespace Beacon.Storage.Replication;

/// <summary>A state for the spool, with the revisions of <see cref="SpoolEntry"/>.</summary>
public readonly record struct SpoolWrite(ServiceWrite Service, long Revision, long Stored);
