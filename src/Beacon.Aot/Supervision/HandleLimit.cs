using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Beacon.Aot.Supervision;

/// <summary>
/// How many files and sockets the process may have open. Systems start programs with room for 1,024, for the sake of old ones that use
/// select(2); 10,000 live clients need more, and a program may take all that its hard limit allows.
/// </summary>
internal static class HandleLimit
{
    /// <summary>RLIMIT_NOFILE of Linux; other systems have other numbers and are left alone.</summary>
    private const int OpenFiles = 7;

    /// <summary>Raises the soft limit to the hard one. What cannot be raised stays as it is.</summary>
    public static void Raise()
    {
        if (!OperatingSystem.IsLinux() || GetLimit(OpenFiles, out var limit) != 0 || limit.Soft >= limit.Hard)
        {
            return;
        }

        limit.Soft = limit.Hard;
        _ = SetLimit(OpenFiles, limit);
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressMessage("Interoperability", "SYSLIB1054", Justification = "Two numbers need no marshalling, and this project has no unsafe code.")]
    private static extern int GetLimit(int resource, out Limit limit);

    [DllImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressMessage("Interoperability", "SYSLIB1054", Justification = "Two numbers need no marshalling, and this project has no unsafe code.")]
    private static extern int SetLimit(int resource, in Limit limit);

    /// <summary><c>struct rlimit</c>: both are an <c>unsigned long</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
