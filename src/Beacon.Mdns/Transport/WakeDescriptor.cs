using System.Runtime.InteropServices;
using Beacon.Mdns.Transport.Netlink;

namespace Beacon.Mdns.Transport;

/// <summary>Makes a wait for descriptors end. Setting it twice before it was seen costs one system call.</summary>
/// <remarks>Any thread may set it, also while and after it is disposed of; one thread waits and resets.</remarks>
internal sealed class WakeDescriptor : IDisposable
{
    private readonly Descriptor _event = Libc.EventDescriptor(0, Libc.CloseOnExec);
    private int _isSet;

    public int Descriptor => (int)_event.DangerousGetHandle();

    public void Set()
    {
        if (Interlocked.Exchange(ref _isSet, 1) == 0)
        {
            try
            {
                ulong one = 1;
                Libc.Write(_event, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in one)), sizeof(ulong));
            }
            catch (ObjectDisposedException)
            {
                // The end came first; nobody waits any more.
            }
        }
    }

    /// <summary>To be called before looking at what the wake was for, so that what comes meanwhile wakes again.</summary>
    public void Reset()
    {
        Span<byte> count = stackalloc byte[sizeof(ulong)];
        Libc.Read(_event, count, sizeof(ulong));
        Interlocked.Exchange(ref _isSet, 0);
    }

    public void Dispose() => _event.Dispose();
}
