namespace Beacon.Storage.Mongo;

/// <summary>Codes of MongoDB's <c>error_codes.yml</c>.</summary>
internal static class MongoErrors
{
    private const int BadValue = 2;
    private const int FailedToParse = 9;
    private const int DollarPrefixedFieldName = 52;
    private const int EmptyFieldName = 56;
    private const int DottedFieldName = 57;
    private const int DocumentValidationFailure = 121;
    private const int KeyTooLong = 17280;
    private const int ObjectTooLarge = 10334;
    private const int ResultingDocumentTooLarge = 17419;

    /// <summary>The document itself is at fault: trying again changes nothing, and the others of its batch are well.</summary>
    public static bool IsOfDocument(int code) => code is BadValue or FailedToParse or DollarPrefixedFieldName or EmptyFieldName or DottedFieldName
        or DocumentValidationFailure or KeyTooLong or ObjectTooLarge or ResultingDocumentTooLarge;
}
