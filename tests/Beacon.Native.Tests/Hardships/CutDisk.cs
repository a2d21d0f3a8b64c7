namespace Beacon.Native.Tests.Hardships;

/// <summary>
/// A disk that keeps its word about a sync and no other. At a power cut what was synced is there; of the later writes, cuts, new and removed
/// names any may have arrived and any not, and a write may have arrived in part, whole sectors of it. A sync of a file does not save its name.
/// </summary>
/// <param name="keepsItsWord">False: syncs mean nothing to it. Nobody can promise anything on such a disk, and a test must see that.</param>
internal sealed class CutDisk(bool keepsItsWord)
{
    private const int Sector = 512;

    /// <summary>How many of the writes under way arrive: none, all, and in between.</summary>
    private static readonly double[] Shares = [0, 0.3, 0.6, 0.9, 1];

    private readonly Dictionary<string, DiskFile> _current = [];
    private readonly Dictionary<string, DiskFile> _durable = [];
    private readonly List<(string Name, DiskFile? File)> _names = [];

    /// <summary>There is nothing that a cut now could take away.</summary>
    public bool IsSettled => _names.Count == 0 && _current.Values.All(x => x.Waiting.Count == 0);

    public void Do(DiskEvent step)
    {
        switch (step.Kind)
        {
            case DiskEventKind.Create:
                _names.Add((step.Target, _current[step.Target] = new DiskFile()));
                break;
            case DiskEventKind.Remove:
                _current.Remove(step.Target);
                _names.Add((step.Target, null));
                break;
            case DiskEventKind.Sync or DiskEventKind.SyncDirectory when !keepsItsWord:
                break;
            case DiskEventKind.SyncDirectory:
                _names.ForEach(x => Rename(_durable, x));
                _names.Clear();
                break;
            case DiskEventKind.Sync:
                _current[step.Target].Sync();
                break;
            case DiskEventKind.Write or DiskEventKind.Truncate:
                _current[step.Target].Waiting.Add(step);
                break;
        }
    }

    /// <summary>Writes to an empty directory what one power cut at this moment leaves. The disk itself goes on.</summary>
    public void Cut(Random random, string directory)
    {
        var names = new Dictionary<string, DiskFile>(_durable);
        var share = Shares[random.Next(Shares.Length)];
        foreach (var name in _names.Where(_ => random.NextDouble() < share))
        {
            Rename(names, name);
        }

        foreach (var (name, file) in names)
        {
            using var remains = file.Remains(random, share);
            using var copy = File.Create(Path.Combine(directory, name));
            remains.WriteTo(copy);
        }
    }

    private static void Rename(Dictionary<string, DiskFile> names, (string Name, DiskFile? File) change)
    {
        if (change.File is null)
        {
            names.Remove(change.Name);
        }
        else
        {
            names[change.Name] = change.File;
        }
    }

    private sealed class DiskFile
    {
        private const double TornShare = 0.25;
        private readonly MemoryStream _bytes = new();

        public List<DiskEvent> Waiting { get; } = [];

        public void Sync()
        {
            Waiting.ForEach(step => Apply(_bytes, step, 0, step.Data.Length));
            Waiting.Clear();
        }

        public MemoryStream Remains(Random random, double share)
        {
            var bytes = new MemoryStream();
            _bytes.WriteTo(bytes);
            foreach (var step in Waiting.Where(_ => random.NextDouble() < share))
            {
                var (from, to) = random.NextDouble() < TornShare ? Tear(random, step) : (0, step.Data.Length);
                Apply(bytes, step, from, to);
            }

            return bytes;
        }

        /// <summary>The part of a write before or after a border between two sectors.</summary>
        private static (int From, int To) Tear(Random random, DiskEvent step)
        {
            var sectors = ((step.Offset + step.Data.Length) / Sector) - (step.Offset / Sector);
            var border = (int)Math.Clamp((((step.Offset / Sector) + random.NextInt64(sectors + 1)) * Sector) - step.Offset, 0, step.Data.Length);
            return random.Next(2) == 0 ? (0, border) : (border, step.Data.Length);
        }

        private static void Apply(MemoryStream bytes, DiskEvent step, int from, int to)
        {
            if (step.Kind == DiskEventKind.Truncate)
            {
                bytes.SetLength(step.Offset);
            }
            else if (from < to)
            {
                // Beyond the end: what lies between is zero, as in a file.
                bytes.Position = step.Offset + from;
                bytes.Write(step.Data.AsSpan(from, to - from));
            }
        }
    }
}
