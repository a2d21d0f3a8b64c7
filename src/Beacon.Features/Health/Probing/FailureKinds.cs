namespace Beacon.Features.Health.Probing;

/// <summary>Tells the kind of a failure by the sentence that was kept of it; nothing of the sentence itself goes on.</summary>
public static class FailureKinds
{
    private static readonly (string Beginning, FailureKind Kind)[] Beginnings =
    [
        ("no answer", FailureKind.NoAnswer),
        ("no complete answer", FailureKind.NoAnswer),
        ("no connection", FailureKind.NoAnswer),
        ("cannot be reached", FailureKind.NoAnswer),
        ("closed the connection", FailureKind.NoAnswer),
        ("refused the connection", FailureKind.Refused),
        ("the name ", FailureKind.NameNotFound),
        ("the certificate ", FailureKind.Certificate),
        ("shows no certificate", FailureKind.Certificate),
        ("no TLS connection", FailureKind.Certificate),
        ("answered ", FailureKind.UnexpectedAnswer),
        ("does not answer in HTTP", FailureKind.UnexpectedAnswer),
        ("the answer ", FailureKind.UnexpectedAnswer),
        ("the headers of the answer ", FailureKind.UnexpectedAnswer),
        ("redirects ", FailureKind.UnexpectedAnswer),
        ("is redirected ", FailureKind.UnexpectedAnswer),
        ("the check may not go ", FailureKind.NotAllowed),
        ("the URL ", FailureKind.NotAllowed),
    ];

    /// <summary>Of sentences that begin with what was expected or found.</summary>
    private static readonly string[] AboutAnswers = [" of the answer", " in the answer", ", expected ", " is not a single value"];

    public static FailureKind Of(string sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        foreach (var (beginning, kind) in Beginnings)
        {
            if (sentence.StartsWith(beginning, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return AboutAnswers.Any(x => sentence.Contains(x, StringComparison.Ordinal)) ? FailureKind.UnexpectedAnswer : FailureKind.Failed;
    }
}
