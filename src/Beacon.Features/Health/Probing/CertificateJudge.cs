using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Beacon.Features.Health.Probing;

/// <summary>Says in words what is wrong with a certificate.</summary>
internal static class CertificateJudge
{
    /// <summary>Null when nothing is.</summary>
    public static string? Problem(SslPolicyErrors errors, X509Certificate2? certificate, DateTimeOffset now)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        if (certificate is null)
        {
            return "shows no certificate";
        }

        if (certificate.NotAfter.ToUniversalTime() < now.UtcDateTime)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the certificate expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}");
        }

        if (certificate.NotBefore.ToUniversalTime() > now.UtcDateTime)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"the certificate is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd}");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            return certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)
                ? "the certificate is signed by nobody but itself (health_check_insecure accepts it)"
                : "the certificate is signed by nobody this machine trusts (health_check_insecure accepts it)";
        }

        return "the certificate is for another name (health_check_insecure accepts it)";
    }
}
