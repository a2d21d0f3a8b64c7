using Beacon.Native.Tests.Lab;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests.Hardships;

/// <summary>The wall clock of a process started with <see cref="Environment"/>: it can be set at any time, as NTP does.</summary>
internal sealed class WallClock : IDisposable
{
    private static readonly TimeSpan CompileLimit = TimeSpan.FromSeconds(30);
    private readonly TemporaryDirectory _directory = new();
    private readonly FileStream _file;
    private TimeSpan _offset;

    private WallClock()
    {
        _file = new FileStream(_directory.Below("offset"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        Set(TimeProvider.System.GetUtcNow());
    }

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow() + _offset;

    public (string Name, string Value)[] Environment => [("LD_PRELOAD", Library), ("WALL_CLOCK_OFFSET", _file.Name)];

    private string Library => _directory.Below("wallclock.so");

    /// <summary>Skips the test where there is no C compiler.</summary>
    public static async Task<WallClock> MakeAsync()
    {
        var compiler = ((string[])["/usr/bin/clang", "/usr/bin/gcc"]).FirstOrDefault(File.Exists);
        Assert.SkipWhen(compiler is null, "no C compiler for the clock that can be set");
        var clock = new WallClock();
        var source = Path.Combine(AppContext.BaseDirectory, "Hardships", "wallclock.c");
        var (exitCode, _, errors) = await LabCommand.RunAsync(compiler!, ["-shared", "-fPIC", "-O1", "-o", clock.Library, source], CompileLimit);
        Assert.True(exitCode == 0, errors);
        return clock;
    }

    /// <summary>To the second.</summary>
    public void Set(DateTimeOffset now)
    {
        var seconds = (long)(now - TimeProvider.System.GetUtcNow()).TotalSeconds;
        var bytes = new byte[sizeof(long)];
        BitConverter.TryWriteBytes(bytes, seconds);
        _file.Position = 0;
        _file.Write(bytes);
        _offset = TimeSpan.FromSeconds(seconds);
    }

    public void Dispose()
    {
        _file.Dispose();
        _directory.Dispose();
    }
}
