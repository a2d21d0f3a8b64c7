using System.Text.Json.Nodes;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Load;

/// <summary>Prints a scenario's table and leaves it, and every single value as JSON, among the results.</summary>
internal static class LoadReport
{
    public static ResultTable Table() => new("Beacon", "bare");

    public static async Task<int> WriteAsync(LoadOptions options, string scenario, string how, ResultTable table)
    {
        var machine = await RunDescription.ReadAsync();
        var text = $"{scenario}: {how}; median (least to most) of {options.Rounds}.\n{machine}\n\n{table.ToMarkdown()}";
        Console.WriteLine(text);
        Directory.CreateDirectory(options.Results);
        await File.WriteAllTextAsync(Path.Combine(options.Results, scenario + ".md"), text);
        var json = table.ToJson();
        json["scenario"] = scenario;
        json["how"] = how;
        json["machine"] = machine.Machine;
        json["commit"] = machine.Commit;
        json["options"] = new JsonObject
        {
            ["rounds"] = options.Rounds,
            ["seconds"] = options.Seconds,
            ["services"] = options.Services,
            ["clients"] = options.Clients,
            ["rate"] = options.Rate,
        };
        await File.WriteAllTextAsync(Path.Combine(options.Results, scenario + ".json"), json.ToString());
        return 0;
    }

    public static void Say(string text) => Console.Error.WriteLine($"{DateTimeOffset.Now:HH:mm:ss} {text}");
}
