namespace Beacon.Native.Tests.Hardships;

/// <summary>A temporary directory in memory where the system has one: what only looks at files need not wait for a disk's syncs.</summary>
internal sealed class MemoryDirectory : IDisposable
{
    private const string SharedMemory = "/dev/shm";

    public MemoryDirectory()
    {
        Path = System.IO.Path.Combine(Directory.Exists(SharedMemory) ? SharedMemory : System.IO.Path.GetTempPath(), $"beacon-test-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
