using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Beacon.Aot.Configuration;

/// <summary>
/// The values in force, gathered in rising order of precedence: defaults, configuration file, environment, command line. Everything
/// that is wrong is remembered, not thrown, so that the operator sees all of it at once.
/// </summary>
internal sealed class SettingValues
{
    private const string FileName = "beacon.json";
    private const string Prefix = "BEACON_";
    private const string SystemFile = "/etc/beacon/" + FileName;

    private static readonly JsonDocumentOptions FileOptions = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly Dictionary<Setting, SettingValue> _values = [];

    private SettingValues()
    {
        foreach (var setting in Settings.All)
        {
            _values[setting] = new SettingValue(setting.Default, "default");
        }
    }

    public List<string> Problems { get; } = [];

    public List<string> Warnings { get; } = [];

    public SettingValue this[Setting setting] => _values[setting];

    /// <param name="options">From the command line, by <see cref="Setting.Option"/>.</param>
    /// <param name="file">Given with <c>--config</c>; it must then exist. Null: the usual places, where a missing file is no problem.</param>
    public static SettingValues Gather(
        IReadOnlyDictionary<string, string> options, string? file, IReadOnlyDictionary<string, string> environment)
    {
        var values = new SettingValues();
        values.ReadFile(file, options, environment);
        values.ReadEnvironment(environment);
        foreach (var (option, text) in options)
        {
            if (Settings.All.FirstOrDefault(x => x.Option == option) is { } setting)
            {
                values._values[setting] = new SettingValue(text, "command line");
            }
        }

        return values;
    }

    private void ReadEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var setting in Settings.All)
        {
            if ((Given(environment, setting.Variable) ?? Given(environment, setting.Alias)) is { } text)
            {
                _values[setting] = new SettingValue(text, "environment");
            }
        }

        foreach (var (variable, instead) in Settings.Retired)
        {
            if (Given(environment, variable) is not null)
            {
                Warnings.Add($"{variable} has no effect any more: {instead}");
            }
        }

        WarnOfMisspelt(environment.Keys);
    }

    /// <summary>An empty variable is how compose files write "not set".</summary>
    private static string? Given(IReadOnlyDictionary<string, string> environment, string? variable) =>
        variable is not null && environment.GetValueOrDefault(variable) is { Length: > 0 } text ? text : null;

    /// <summary>Compared without the prefix that all share, which would make any two of them look alike.</summary>
    private void WarnOfMisspelt(IEnumerable<string> variables)
    {
        var known = Settings.All.Select(x => x.Variable).Where(HasPrefix).Concat(Settings.OfCommands).ToList();
        foreach (var variable in variables.Where(x => HasPrefix(x) && !known.Contains(x)))
        {
            if (Spelling.Nearest(variable[Prefix.Length..], known.Select(x => x[Prefix.Length..])) is { } nearest)
            {
                Warnings.Add($"{variable} is not a setting; did you mean {Prefix}{nearest}?");
            }
        }
    }

    private static bool HasPrefix(string variable) => variable.StartsWith(Prefix, StringComparison.Ordinal);

    private void ReadFile(string? file, IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, string> environment)
    {
        var path = file ?? UsualFiles(options, environment).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return;
        }

        try
        {
            var bytes = File.ReadAllBytes(path).AsMemory();
            if (bytes.Span.StartsWith(Encoding.UTF8.Preamble))
            {
                bytes = bytes[Encoding.UTF8.Preamble.Length..];
            }

            if (!Utf8.IsValid(bytes.Span))
            {
                Problems.Add($"{path} is not valid UTF-8");
                return;
            }

            using var document = JsonDocument.Parse(bytes, FileOptions);
            ReadMembers(path, document.RootElement);
        }
        catch (JsonException exception)
        {
            Problems.Add($"{path} is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Problems.Add($"{path} cannot be read: {exception.Message}");
        }
    }

    private static IEnumerable<string> UsualFiles(IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, string> environment)
    {
        var directory = options.GetValueOrDefault(Settings.DataDirectory.Option) ?? environment.GetValueOrDefault(Settings.DataDirectory.Variable);
        yield return Path.Combine(string.IsNullOrEmpty(directory) ? DataDirectory.Default(environment) : directory, FileName);
        yield return SystemFile;
    }

    private void ReadMembers(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Problems.Add($"{path} must hold one JSON object");
            return;
        }

        foreach (var member in root.EnumerateObject())
        {
            if (Settings.All.FirstOrDefault(x => x.Key == member.Name) is not { } setting)
            {
                var nearest = Spelling.Nearest(member.Name, Settings.All.Select(x => x.Key));
                Problems.Add($"{path}: {member.Name} is not a setting" + (nearest is null ? "" : $"; did you mean {nearest}?"));
                continue;
            }

            switch (member.Value.ValueKind)
            {
                case JsonValueKind.String:
                    _values[setting] = new SettingValue(member.Value.GetString()!, path);
                    break;
                case JsonValueKind.Number or JsonValueKind.Array:
                    _values[setting] = new SettingValue(member.Value.GetRawText(), path);
                    break;
                case JsonValueKind.True or JsonValueKind.False:
                    _values[setting] = new SettingValue(member.Value.GetBoolean() ? "on" : "off", path);
                    break;
                default:
                    Problems.Add($"{path}: {member.Name} must be a string, a number, true, false or an array of strings");
                    break;
            }
        }
    }
}
