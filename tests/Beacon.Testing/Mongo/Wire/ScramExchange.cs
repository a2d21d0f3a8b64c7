using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Beacon.Testing.Mongo.Wire;

/// <summary>
/// The server's half of one SCRAM conversation (RFC 5802, RFC 7677; MongoDB's specification "auth": with SHA-1 the password is the MD5
/// of <c>user:mongo:password</c> in hex, with SHA-256 it is itself).
/// </summary>
internal sealed class ScramExchange(string mechanism, Func<string, string?> passwordOf)
{
    public const string Sha1 = "SCRAM-SHA-1";
    public const string Sha256 = "SCRAM-SHA-256";
    private const int Iterations = 4096;
    private readonly HashAlgorithmName _hash = mechanism == Sha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(mechanism == Sha1 ? 16 : 28);
    private string _clientFirst = "";
    private string _serverFirst = "";
    private byte[] _salted = [];

    /// <summary>Answers the client's first message.</summary>
    /// <exception cref="UnauthorizedAccessException">No such user.</exception>
    public string First(string message)
    {
        _clientFirst = message[(message.IndexOf(",,", StringComparison.Ordinal) + 2)..];
        var user = Field(_clientFirst, 'n').Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        var password = passwordOf(user) ?? throw new UnauthorizedAccessException();
        _salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Secret(user, password)), _salt, Iterations, _hash, mechanism == Sha1 ? 20 : 32);
        var nonce = Field(_clientFirst, 'r') + Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));
        return _serverFirst = string.Create(CultureInfo.InvariantCulture, $"r={nonce},s={Convert.ToBase64String(_salt)},i={Iterations}");
    }

    /// <summary>Checks the client's proof and answers with the server's.</summary>
    /// <exception cref="UnauthorizedAccessException">The password is wrong.</exception>
    public string Final(string message)
    {
        var withoutProof = message[..message.LastIndexOf(",p=", StringComparison.Ordinal)];
        var proof = Convert.FromBase64String(Field(message, 'p'));
        var signed = Encoding.UTF8.GetBytes($"{_clientFirst},{_serverFirst},{withoutProof}");
        var storedKey = CryptographicOperations.HashData(_hash, Sign(_salted, "Client Key"u8));
        var signature = Sign(storedKey, signed);
        var clientKey = signature.Select((value, at) => (byte)(value ^ proof[at])).ToArray();
        if (Field(withoutProof, 'r') != Field(_serverFirst, 'r')
            || !CryptographicOperations.FixedTimeEquals(CryptographicOperations.HashData(_hash, clientKey), storedKey))
        {
            throw new UnauthorizedAccessException();
        }

        return $"v={Convert.ToBase64String(Sign(Sign(_salted, "Server Key"u8), signed))}";
    }

    private byte[] Sign(byte[] key, ReadOnlySpan<byte> data) => CryptographicOperations.HmacData(_hash, key, data);

    private string Secret(string user, string password)
    {
        if (mechanism != Sha1)
        {
            return password;
        }

#pragma warning disable CA5351 // MD5 is what the protocol says.
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{user}:mongo:{password}")));
#pragma warning restore CA5351
    }

    private static string Field(string message, char name) =>
        message.Split(',').First(part => part.StartsWith($"{name}=", StringComparison.Ordinal))[2..];
}
