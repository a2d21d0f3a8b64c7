using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Beacon.Mdns.Tests.Transport.Support;

/// <summary>
/// Runs a test with real sockets on a network of its own: a thread leaves for a new network namespace, and the threads and processes
/// it starts follow. Nothing outside sees it, and it vanishes with the thread.
/// </summary>
internal static class NetworkNamespace
{
    private const int NewNetwork = 0x40000000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Skips the test where the system does not let us make a namespace (needs root).</summary>
    public static void Run(Action body)
    {
        Exception? failure = null;
        var refused = 0;
        var thread = new Thread(() =>
        {
            if (Unshare(NewNetwork) != 0)
            {
                refused = Marshal.GetLastPInvokeError();
                return;
            }

            try
            {
                body();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        Assert.True(thread.Join(Longest), "The test did not end in time.");
        Assert.SkipWhen(refused != 0, $"No network namespace can be made here (error {refused}); this needs root.");
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>One line of shell in the namespace of the calling thread.</summary>
    public static void Shell(string line)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-ec", line]) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{line}: {error}");
    }

    [DllImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static extern int Unshare(int flags);
}
