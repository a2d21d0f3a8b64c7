using System.Buffers;
using System.Buffers.Text;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>The ids of one request in rented memory, and where in its text each stands, so that an unknown one can be named as it was given.</summary>
/// <param name="limit">Ids at most.</param>
internal sealed class HeartbeatBatch(int limit) : IDisposable
{
    private const int LengthOfId = 36;
    private ServiceId[] _ids = ArrayPool<ServiceId>.Shared.Rent(limit);
    private (int Start, int Length)[] _places = ArrayPool<(int, int)>.Shared.Rent(limit);

    public ReadOnlySpan<ServiceId> Ids => _ids.AsSpan(0, Count);

    public int Count { get; private set; }

    public bool IsFull => Count == limit;

    /// <param name="text">Whatever it is: what is no id is an unknown one, not an error.</param>
    /// <param name="start">Where it begins in the request.</param>
    public void Add(ReadOnlySpan<byte> text, int start)
    {
        _ids[Count] = text.Length == LengthOfId && Utf8Parser.TryParse(text, out Guid id, out var read, 'D') && read == LengthOfId ? new ServiceId(id) : default;
        _places[Count++] = (start, text.Length);
    }

    public ReadOnlySpan<byte> TextOf(int position, ReadOnlySpan<byte> request)
    {
        var (start, length) = _places[position];
        return request.Slice(start, length);
    }

    public void Clear() => Count = 0;

    public void Dispose()
    {
        ArrayPool<ServiceId>.Shared.Return(_ids);
        ArrayPool<(int, int)>.Shared.Return(_places);
        (_ids, _places, Count) = ([], [], 0);
    }
}
