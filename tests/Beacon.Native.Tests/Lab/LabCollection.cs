namespace Beacon.Native.Tests.Lab;

/// <summary>One laboratory for all of its tests, one test at a time: they share hosts and their ports.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LabCollection : ICollectionFixture<LabNetwork>
{
    public const string Name = "laboratory";
}
