namespace Beacon.LoadTests.Driving;

/// <param name="Status">0: the connection broke before the answer was complete.</param>
/// <param name="Body">Valid until the connection's next request.</param>
internal readonly record struct HttpReply(int Status, ReadOnlyMemory<byte> Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
