using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Beacon.Storage.Sqlite.Interop;

/// <summary>Who owns a file. An operator restores as root what a service without rights must be able to write afterwards.</summary>
internal static partial class FileOwner
{
    /// <summary>Of <c>struct statx</c>, whose layout is the same on every processor (statx(2)).</summary>
    private const int StatxBytes = 256;
    private const int UserAt = 20;
    private const int GroupAt = 24;
    private const uint WantsOwner = 0x8 | 0x10;
    private const int CurrentDirectory = -100;

    /// <summary>
    /// Gives the file to the owner of its directory. Only root can, and only root has to: for anybody else, and on other systems than Linux,
    /// nothing happens.
    /// </summary>
    public static void TakeFromDirectory(string path)
    {
        Span<byte> found = stackalloc byte[StatxBytes];
        if (OperatingSystem.IsLinux()
            && Statx(CurrentDirectory, Path.GetDirectoryName(Path.GetFullPath(path))!, 0, WantsOwner, ref MemoryMarshal.GetReference(found)) == 0)
        {
            _ = Chown(path, BinaryPrimitives.ReadUInt32LittleEndian(found[UserAt..]), BinaryPrimitives.ReadUInt32LittleEndian(found[GroupAt..]));
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte found);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint user, uint group);
}
