using System.Runtime.InteropServices;

namespace Beacon.Mdns.Transport.Netlink;

/// <summary>
/// The few system calls .NET has no door for: netlink, waiting for many descriptors on one thread, and receiving without an exception
/// when nothing is there.
/// </summary>
internal static partial class Libc
{
    public const int NetlinkFamily = 16;
    public const int RawSocket = 3;
    public const int CloseOnExec = 0x80000;
    public const int RouteProtocol = 0;

    /// <summary>Return at once when nothing is there.</summary>
    public const int DontWait = 0x40;

    /// <summary>Return the datagram's real length, also when it is longer than the buffer.</summary>
    public const int RealLength = 0x20;

    public const short Readable = 0x001;

    public const int Interrupted = 4;
    public const int TryAgain = 11;

    /// <summary>Since the start of the system, without the time it slept.</summary>
    public const int MonotonicClock = 1;

    /// <summary>The same with the time it slept.</summary>
    public const int BootClock = 7;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    public static partial Descriptor Socket(int family, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(Descriptor socket, ReadOnlySpan<byte> address, int length);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(Descriptor socket, ReadOnlySpan<byte> bytes, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(Descriptor socket, Span<byte> bytes, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "recvfrom", SetLastError = true)]
    public static partial nint ReceiveFrom(
        SafeHandle socket, Span<byte> bytes, nuint length, int flags, Span<byte> source, ref int sourceLength);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(Span<PollEntry> entries, nuint count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    public static partial Descriptor EventDescriptor(uint start, int flags);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(Descriptor descriptor, ReadOnlySpan<byte> bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(Descriptor descriptor, Span<byte> bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "clock_gettime")]
    public static partial int ReadClock(int clock, Span<long> secondsAndNanoseconds);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(nint descriptor);
}
