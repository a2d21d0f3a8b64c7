using Beacon.Aot.Live;

namespace Beacon.Aot.Tests.Live;

public sealed class LiveOutletTests
{
    private readonly Recorder _connection = new();
    private readonly LiveOutlet _outlet;

    public LiveOutletTests() => _outlet = new LiveOutlet(_connection);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_holds_goes_out_as_it_is_written()
    {
        await _outlet.WriteAsync(new byte[] { 1 }, Token);
        await _outlet.WriteAsync(new byte[] { 2, 3 }, Token);

        Assert.Equal(["01", "0203"], _connection.Writes);
    }

    [Fact]
    public async Task What_is_held_goes_out_in_one_piece_when_the_last_who_holds_it_lets_go()
    {
        _outlet.Hold();
        _outlet.Hold();
        await _outlet.WriteAsync(new byte[] { 1 }, Token);
        await _outlet.ReleaseAsync(Token);
        await _outlet.WriteAsync(new byte[] { 2 }, Token);
        Assert.Empty(_connection.Writes);

        await _outlet.ReleaseAsync(Token);
        await _outlet.WriteAsync(new byte[] { 3 }, Token);

        Assert.Equal(["0102", "03"], _connection.Writes);
    }

    [Fact]
    public async Task A_push_sends_what_is_held_and_the_rest_is_held_on()
    {
        _outlet.Hold();
        await _outlet.WriteAsync(new byte[] { 1 }, Token);
        await _outlet.PushAsync(Token);
        await _outlet.WriteAsync(new byte[] { 2 }, Token);

        Assert.Equal(["01"], _connection.Writes);
    }

    [Fact]
    public async Task No_more_is_held_than_the_limit_and_the_order_stays()
    {
        _outlet.Hold();
        await _outlet.WriteAsync(new byte[] { 1 }, Token);
        await _outlet.WriteAsync(new byte[LiveOutlet.MaxHeld], Token);
        Assert.Equal([1], _connection.Lengths);

        await _outlet.WriteAsync(new byte[LiveOutlet.MaxHeld + 1], Token);
        Assert.Equal([1, LiveOutlet.MaxHeld, LiveOutlet.MaxHeld + 1], _connection.Lengths);

        await _outlet.ReleaseAsync(Token);
        Assert.Equal(3, _connection.Lengths.Count);
    }

    [Fact]
    public async Task Writers_and_holders_at_once_lose_nothing_and_mix_nothing()
    {
        const int Writers = 8;
        const int Each = 500;
        await Task.WhenAll(Enumerable.Range(1, Writers).Select(writer => Task.Run(
            async () =>
            {
                var piece = Enumerable.Repeat((byte)writer, 1 + (writer * 7)).ToArray();
                for (var i = 0; i < Each; i++)
                {
                    if (i % 3 == 0)
                    {
                        _outlet.Hold();
                        await _outlet.WriteAsync(piece, Token);
                        await _outlet.WriteAsync(piece, Token);
                        await _outlet.ReleaseAsync(Token);
                    }
                    else
                    {
                        await _outlet.WriteAsync(piece, Token);
                    }
                }
            },
            Token)));

        var all = Convert.FromHexString(string.Concat(_connection.Writes));
        for (var at = 0; at < all.Length;)
        {
            var length = 1 + (all[at] * 7);
            Assert.True(all.AsSpan(at, length).IndexOfAnyExcept(all[at]) < 0, $"at {at}");
            at += length;
        }

        Assert.Equal(Enumerable.Range(1, Writers).Sum(writer => (1 + (writer * 7)) * (Each + ((Each + 2) / 3))), all.Length);
    }

    /// <summary>Takes everything and remembers in which pieces it came.</summary>
    private sealed class Recorder : MemoryStream
    {
        public List<string> Writes { get; } = [];

        public List<int> Lengths { get; } = [];

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            Writes.Add(Convert.ToHexString(buffer.Span));
            Lengths.Add(buffer.Length);
        }
    }
}
