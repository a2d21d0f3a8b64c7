using Beacon.Native.Tests.Lab;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests.Hardships;

/// <summary>A file system of two megabytes of its own, which can be filled to the last byte.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Block = 4096;
    private static readonly TimeSpan ToolLimit = TimeSpan.FromSeconds(10);
    private readonly TemporaryDirectory _mountPoint = new();

    private SmallDisk()
    {
    }

    public string Path => _mountPoint.Path;

    private string Filler => _mountPoint.Below("filler");

    /// <summary>Skips the test where nothing may be mounted.</summary>
    public static async Task<SmallDisk> MountAsync()
    {
        var disk = new SmallDisk();
        var (exitCode, _, errors) = await LabCommand.RunAsync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.Path], ToolLimit);
        if (exitCode != 0)
        {
            disk._mountPoint.Dispose();
            Assert.Skip($"no file system can be mounted here: {errors}");
        }

        return disk;
    }

    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[Block];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // No space left: that is what was wanted.
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        // Lazily: a program that is just being killed may still hold a file.
        var (exitCode, _, errors) = LabCommand.RunAsync("umount", ["-l", Path], ToolLimit).GetAwaiter().GetResult();
        Assert.True(exitCode == 0, errors);
        _mountPoint.Dispose();
    }
}
