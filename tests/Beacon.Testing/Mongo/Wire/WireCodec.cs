using System.Buffers.Binary;
using System.Text;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace Beacon.Testing.Mongo.Wire;

/// <summary>
/// MongoDB's wire protocol as far as drivers of today speak it: OP_MSG, and OP_QUERY with OP_REPLY for the first hello (specification
/// "message/OP_MSG" and the manual's "MongoDB Wire Protocol"). Little-endian throughout.
/// </summary>
internal static class WireCodec
{
    private const int HeaderSize = 16;
    private const int OpReply = 1;
    private const int OpQuery = 2004;
    private const int OpMsg = 2013;
    private const uint ChecksumPresent = 1;
    private const uint MoreToCome = 2;

    /// <summary>maxMessageSizeBytes of every server so far.</summary>
    public const int MaxMessage = 48_000_000;

    /// <summary>Null when the client closed the connection between two messages.</summary>
    public static async Task<WireMessage?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderSize];
        var got = await stream.ReadAtLeastAsync(header, HeaderSize, throwOnEndOfStream: false, cancellationToken);
        if (got < HeaderSize)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length is < HeaderSize or > MaxMessage)
        {
            throw new InvalidDataException($"a message of {length} bytes");
        }

        var body = new byte[length - HeaderSize];
        await stream.ReadExactlyAsync(body, cancellationToken);
        var requestId = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
        var opCode = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12));
        return opCode switch
        {
            OpMsg => ReadMsg(requestId, body),
            OpQuery => ReadQuery(requestId, body),
            _ => throw new InvalidDataException($"operation code {opCode}"),
        };
    }

    public static byte[] Reply(WireMessage request, BsonDocument answer)
    {
        var document = answer.ToBson(serializer: BsonDocumentSerializer.Instance);
        var before = request.IsLegacy ? 20 : 5;
        var message = new byte[HeaderSize + before + document.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(8), request.RequestId);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(12), request.IsLegacy ? OpReply : OpMsg);
        if (request.IsLegacy)
        {
            // responseFlags, cursorID and startingFrom are zero.
            BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(HeaderSize + 16), 1);
        }

        document.CopyTo(message, HeaderSize + before);
        return message;
    }

    private static WireMessage ReadMsg(int requestId, byte[] body)
    {
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(body);
        var end = body.Length - ((flags & ChecksumPresent) != 0 ? 4 : 0);
        var at = 4;
        BsonDocument? command = null;
        var sequences = new List<BsonElement>();
        while (at < end)
        {
            var kind = body[at++];
            if (kind == 0)
            {
                command = ReadDocument(body, ref at);
                continue;
            }

            var last = at + BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at));
            at += 4;
            var name = ReadName(body, ref at);
            var documents = new BsonArray();
            while (at < last)
            {
                documents.Add(ReadDocument(body, ref at));
            }

            sequences.Add(new BsonElement(name, documents));
        }

        if (command is null)
        {
            throw new InvalidDataException("OP_MSG without a body");
        }

        command.AddRange(sequences);
        return new WireMessage(requestId, command, IsLegacy: false, (flags & MoreToCome) == 0);
    }

    private static WireMessage ReadQuery(int requestId, byte[] body)
    {
        var at = 4;
        var collection = ReadName(body, ref at);
        at += 8;
        var command = ReadDocument(body, ref at);
        command["$db"] = collection.Split('.')[0];
        return new WireMessage(requestId, command, IsLegacy: true, WantsReply: true);
    }

    private static BsonDocument ReadDocument(byte[] body, ref int at)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at));
        using var stream = new MemoryStream(body, at, length);
        using var reader = new BsonBinaryReader(stream);
        at += length;
        return BsonDocumentSerializer.Instance.Deserialize(BsonDeserializationContext.CreateRoot(reader));
    }

    private static string ReadName(byte[] body, ref int at)
    {
        var length = body.AsSpan(at).IndexOf((byte)0);
        var name = Encoding.UTF8.GetString(body, at, length);
        at += length + 1;
        return name;
    }
}
