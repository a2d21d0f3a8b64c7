using System.Globalization;
using System.Text;

namespace Beacon.Native.Tests.Hardships;

/// <summary>
/// What strace wrote down of a process (<see cref="Options"/>), as events on the files of one directory and answers of HTTP/1.1. A call that
/// changes such a file in a way that is not known here is an error: a model that misses a write proves nothing.
/// </summary>
internal sealed class SystemCallTrace
{
    /// <summary>Of SQLite's files its index of the log is shared memory; a power cut takes it, and it is made anew from the log.</summary>
    private const string IndexSuffix = "-shm";

    private const string Unfinished = " <unfinished ...>";
    private const string Calls =
        "write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,fsync,fdatasync,sync_file_range,ftruncate,fallocate," +
        "openat,?unlink,unlinkat,?rename,?renameat,renameat2";

    /// <summary>Within so many characters the first argument begins.</summary>
    private const int LongestNumber = 16;

    private static readonly byte[] AnswerStart = "HTTP/1.1 "u8.ToArray();

    private readonly string _directory;
    private readonly List<DiskEvent> _events = [];
    private readonly HashSet<string> _files = [];
    private readonly Dictionary<string, string> _begun = [];

    private SystemCallTrace(string directory) => _directory = directory;

    /// <summary>All strings whole and in hexadecimal, files beside their numbers, and the traced process a child of who started strace.</summary>
    public static string[] Options(string traceFile) =>
        ["-D", "-f", "--seccomp-bpf", "-y", "-xx", "-s", "4000000", "-e", $"trace={Calls}", "-e", "signal=none", "-o", traceFile];

    public static List<DiskEvent> Read(string traceFile, string directory)
    {
        var trace = new SystemCallTrace(directory);
        foreach (var line in File.ReadLines(traceFile))
        {
            trace.Add(line);
        }

        return trace._events;
    }

    private void Add(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var thread = line[..space];
        var call = line[space..].TrimStart();
        if (call.StartsWith("<... ", StringComparison.Ordinal))
        {
            if (_begun.Remove(thread, out var begun))
            {
                Take(begun + call[(call.IndexOf('>', StringComparison.Ordinal) + 1)..]);
            }
        }
        else if (!call.EndsWith(Unfinished, StringComparison.Ordinal))
        {
            Take(call);
        }
        else if (!TakeAnswer(call))
        {
            _begun[thread] = call[..^Unfinished.Length];
        }
    }

    private void Take(string call)
    {
        var open = call.IndexOf('(', StringComparison.Ordinal);
        var failed = call.Contains(") = -1 ", StringComparison.Ordinal);
        if (open < 0 || failed || TakeAnswer(call))
        {
            return;
        }

        var name = call[..open];
        if (name is "openat" or "unlink" or "unlinkat" or "rename" or "renameat" or "renameat2")
        {
            TakeNameChange(name, call);
            return;
        }

        var path = Descriptor(call);
        if (path == _directory && name is "fsync" or "fdatasync")
        {
            _events.Add(new DiskEvent(DiskEventKind.SyncDirectory, "", 0, []));
        }
        else if (FileOf(path) is { } file)
        {
            TakeFileChange(name, file, call);
        }
    }

    private void TakeNameChange(string name, string call)
    {
        var file = Quoted(call).Select(x => FileOf(Encoding.UTF8.GetString(x))).FirstOrDefault(x => x is not null);
        switch (name)
        {
            case var _ when file is null:
            case "openat" when !call.Contains("O_CREAT", StringComparison.Ordinal) || !_files.Add(file):
                break;
            case "openat":
                _events.Add(new DiskEvent(DiskEventKind.Create, file, 0, []));
                break;
            case "unlink" or "unlinkat":
                _files.Remove(file);
                _events.Add(new DiskEvent(DiskEventKind.Remove, file, 0, []));
                break;
            default:
                throw Unknown(call);
        }
    }

    private void TakeFileChange(string name, string file, string call)
    {
        switch (name)
        {
            case "pwrite64":
                var data = Quoted(call).Single();
                if (data.Length != Number(call, call.LastIndexOf('=')))
                {
                    throw Unknown(call);
                }

                _events.Add(new DiskEvent(DiskEventKind.Write, file, Number(call, call.LastIndexOf(',')), data));
                break;
            case "ftruncate":
                _events.Add(new DiskEvent(DiskEventKind.Truncate, file, Number(call, call.LastIndexOf(',')), []));
                break;
            case "fsync" or "fdatasync":
                _events.Add(new DiskEvent(DiskEventKind.Sync, file, 0, []));
                break;
            default:
                throw Unknown(call);
        }
    }

    /// <summary>Taken when the call begins: from there on the client may have it.</summary>
    private bool TakeAnswer(string call)
    {
        if (!call.StartsWith("send", StringComparison.Ordinal) && !call.StartsWith("write", StringComparison.Ordinal))
        {
            return false;
        }

        var target = Descriptor(call);
        if (!target.Contains("socket:", StringComparison.Ordinal) && !target.Contains("TCP", StringComparison.Ordinal))
        {
            return false;
        }

        var data = Quoted(call).SelectMany(x => x).ToArray();
        if (data.AsSpan().StartsWith(AnswerStart))
        {
            _events.Add(new DiskEvent(DiskEventKind.Answer, target, 0, data));
        }

        return true;
    }

    /// <summary>Null for what lies elsewhere or is not there to stay.</summary>
    private string? FileOf(string path) =>
        Path.GetDirectoryName(path) == _directory && !path.EndsWith(IndexSuffix, StringComparison.Ordinal) ? Path.GetFileName(path) : null;

    /// <summary>What the first argument refers to; empty for none.</summary>
    private static string Descriptor(string call)
    {
        var start = call.IndexOf('<', StringComparison.Ordinal) + 1;
        var end = call.IndexOf('>', start);
        return start == 0 || end < 0 || start > call.IndexOf('(', StringComparison.Ordinal) + LongestNumber
            ? ""
            : Encoding.UTF8.GetString(Decode(call.AsSpan(start, end - start)));
    }

    private static IEnumerable<byte[]> Quoted(string call)
    {
        for (var start = call.IndexOf('"', StringComparison.Ordinal); start >= 0;)
        {
            var end = call.IndexOf('"', start + 1);
            yield return Decode(call.AsSpan(start + 1, end - start - 1));
            start = call.IndexOf('"', end + 1);
        }
    }

    /// <summary>Strings are <c>\x41\x42</c> throughout; older versions of strace print paths as they are.</summary>
    private static byte[] Decode(ReadOnlySpan<char> text)
    {
        const int Width = 4;
        if (!text.StartsWith("\\x", StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetBytes(text.ToString());
        }

        var bytes = new byte[text.Length / Width];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = byte.Parse(text.Slice((i * Width) + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return bytes;
    }

    private static long Number(string call, int after)
    {
        var digits = call.AsSpan(after + 1).TrimStart();
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return long.Parse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture);
    }

    private static InvalidDataException Unknown(string call) =>
        new($"a system call that the model of the disk does not know: {call[..Math.Min(call.Length, 300)]}");
}
