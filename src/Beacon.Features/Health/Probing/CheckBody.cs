using System.Buffers;
using System.Text;

namespace Beacon.Features.Health.Probing;

/// <summary>The beginning of an answer's body, in a rented buffer.</summary>
/// <param name="encoding">Null: UTF-8.</param>
internal sealed class CheckBody(byte[] buffer, int length, bool isCut, Encoding? encoding) : IDisposable
{
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>There was more, and it was not read.</summary>
    public bool IsCut { get; } = isCut;

    public bool Contains(string text) => encoding is null
        ? Bytes.Span.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0
        : encoding.GetString(Bytes.Span).Contains(text, StringComparison.Ordinal);

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
