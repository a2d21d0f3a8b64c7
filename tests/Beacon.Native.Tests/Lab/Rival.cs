using System.Text.Json;

namespace Beacon.Native.Tests.Lab;

/// <summary>Somebody else's responder that publishes a service whose name we want too, or has.</summary>
internal sealed class Rival : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(20);
    private readonly LabCommand _command;
    private readonly Func<LabCommand, string?> _name;

    private Rival(LabCommand command, Func<LabCommand, string?> name)
    {
        _command = command;
        _name = name;
    }

    /// <summary>With avahi's kind its daemon must run on the host already, and the host name is the daemon's.</summary>
    public static Rival Start(OracleKind kind, LabHost host, string type, string name, int port, string hostName = "rival")
    {
        switch (kind)
        {
            case OracleKind.Avahi:
                return new Rival(host.Start("avahi-publish-service", name, type, $"{port}"), EstablishedName);
            case OracleKind.Zeroconf:
                return new Rival(host.StartScript("publish.py", type, name, $"{port}", host.Address, hostName), x => Last(x, "name"));
            default:
                Assert.SkipWhen(NodeOracles.Modules is null, NodeOracles.Refusal);
                return new Rival(host.StartScript("publish.cjs", type, name, $"{port}", hostName), x => Last(x, "name"));
        }
    }

    /// <summary>The host name that ciao says it holds, with its last dot.</summary>
    public string? HostName => Last(_command, "host");

    /// <summary>The name it says it holds.</summary>
    public async Task<string> UntilHeldAsync()
    {
        for (var waited = TimeSpan.Zero; ; waited += PollEvery)
        {
            if (_name(_command) is { } name)
            {
                return name;
            }

            Assert.True(waited < Limit, $"the rival published nothing: {_command.Errors}\n{string.Join('\n', _command.Lines)}");
            await Task.Delay(PollEvery);
        }
    }

    public void Dispose() => _command.Dispose();

    private static string? EstablishedName(LabCommand command)
    {
        const string Words = "Established under name '";
        var at = command.Errors.LastIndexOf(Words, StringComparison.Ordinal);
        return at < 0 ? null : command.Errors[(at + Words.Length)..command.Errors.IndexOf('\'', at + Words.Length)];
    }

    private static string? Last(LabCommand command, string property)
    {
        if (command.Lines is not [.., var line])
        {
            return null;
        }

        using var document = JsonDocument.Parse(line);
        return document.RootElement.TryGetProperty("held", out var held) && !held.GetBoolean() ? null : document.RootElement.GetProperty(property).GetString();
    }
}
