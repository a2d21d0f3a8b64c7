namespace Beacon.Aot.Cli;

/// <summary>Where a command prints. Data goes to <see cref="Out"/>, talk to standard error.</summary>
/// <param name="Colours">Only on a terminal, and not with <c>NO_COLOR</c> (no-color.org) or <c>TERM=dumb</c>.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool IsOutTerminal, bool IsErrorTerminal, bool Colours)
{
    private const string Escape = "\e[";

    /// <summary>Whether writing to standard output failed because nobody reads it any more.</summary>
    public static bool IsOutputGone { get; private set; }

    public static Terminal Of(IReadOnlyDictionary<string, string> environment)
    {
        var isTerminal = !Console.IsOutputRedirected;
        var colours = isTerminal && string.IsNullOrEmpty(environment.GetValueOrDefault("NO_COLOR")) && environment.GetValueOrDefault("TERM") != "dumb";
        return new Terminal(new StreamWriter(new WatchedOutput(Console.OpenStandardOutput())) { AutoFlush = false }, Console.Error, isTerminal, !Console.IsErrorRedirected, colours);
    }

    public string Bold(string text) => Paint("1", text);

    public string Dim(string text) => Paint("2", text);

    public string Red(string text) => Paint("31", text);

    public string Green(string text) => Paint("32", text);

    public string Yellow(string text) => Paint("33", text);

    public void Complain(string problem) => Error.WriteLine($"beacon: {problem}");

    /// <summary>For people who look on, not for logs and scripts.</summary>
    public void Remark(string text)
    {
        if (IsErrorTerminal)
        {
            Complain(text);
        }
    }

    private string Paint(string code, string text) => Colours ? $"{Escape}{code}m{text}{Escape}0m" : text;

    /// <summary>Tells a reader that went away from a real failure.</summary>
    private sealed class WatchedOutput(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            try
            {
                inner.Write(buffer, offset, count);
            }
            catch (IOException)
            {
                IsOutputGone = true;
                throw;
            }
        }
    }
}
