namespace Beacon.Aot.Live;

/// <summary>The newest messages, for clients that come back. Bounded by number and by bytes; its owner locks.</summary>
internal sealed class ReplayRing
{
    private readonly Queue<LiveFrame> _frames = new();
    private int _bytes;

    /// <summary>Sequence of the newest event that is no longer, or never was, in the ring.</summary>
    public long Forgotten { get; private set; }

    public void Add(LiveFrame frame)
    {
        _frames.Enqueue(frame);
        _bytes += frame.Json.Length;
        while (_frames.Count > LiveLimits.ReplayMessages || _bytes > LiveLimits.ReplayBytes)
        {
            var oldest = _frames.Dequeue();
            _bytes -= oldest.Json.Length;
            Forgotten = oldest.Sequence;
        }
    }

    /// <summary>Nothing up to and including this sequence can be replayed.</summary>
    public void Forget(long sequence)
    {
        _frames.Clear();
        _bytes = 0;
        Forgotten = sequence;
    }

    /// <summary>Adds every message after <paramref name="sequence"/>; false when some of them are gone.</summary>
    public bool TryReplay(long sequence, List<LiveFrame> frames)
    {
        if (sequence < Forgotten)
        {
            return false;
        }

        foreach (var frame in _frames)
        {
            if (frame.Sequence > sequence)
            {
                frames.Add(frame);
            }
        }

        return true;
    }
}
