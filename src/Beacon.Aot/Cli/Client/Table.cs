using System.Text;

namespace Beacon.Aot.Cli.Client;

/// <summary>Columns for people. Widths count UTF-16 units, which is right for most scripts.</summary>
internal sealed class Table(Terminal terminal, params string[] headings)
{
    private const string Gap = "  ";
    private readonly List<Cell[]> _rows = [];

    /// <summary>One row; as many cells as there are headings.</summary>
    public void Add(params Cell[] cells) => _rows.Add(cells);

    public void Write()
    {
        var widths = new int[headings.Length];
        for (var i = 0; i < headings.Length; i++)
        {
            widths[i] = Math.Max(headings[i].Length, _rows.Count == 0 ? 0 : _rows.Max(x => x[i].Text.Length));
        }

        WriteRow([.. headings.Select(x => new Cell(x, terminal.Bold))], widths);
        foreach (var row in _rows)
        {
            WriteRow(row, widths);
        }
    }

    private void WriteRow(Cell[] cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            var (text, paint) = cells[i];
            line.Append(paint is null ? text : paint(text));
            if (i < cells.Length - 1)
            {
                line.Append(' ', widths[i] - text.Length).Append(Gap);
            }
        }

        terminal.Out.WriteLine(line.ToString().TrimEnd());
    }

    /// <param name="Paint">Null: as it is.</param>
    internal readonly record struct Cell(string Text, Func<string, string>? Paint = null)
    {
        public static implicit operator Cell(string text) => new(text);
    }
}
