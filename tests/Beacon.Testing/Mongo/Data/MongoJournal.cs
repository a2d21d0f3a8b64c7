using System.Buffers.Binary;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;
using BsonReader = MongoDB.Bson.IO.BsonBinaryReader;

namespace Beacon.Testing.Mongo.Data;

/// <summary>Every change as one BSON document in a file, so that a server that was killed comes back with what it had acknowledged.</summary>
internal sealed class MongoJournal : IDisposable
{
    private readonly FileStream _file;

    private MongoJournal(FileStream file) => _file = file;

    /// <summary>Opens or creates; hands over what is in it, up to the first record that was cut short.</summary>
    public static MongoJournal Open(string path, Action<BsonDocument> replay)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var length = new byte[4];
        var good = 0L;
        while (file.ReadAtLeast(length, 4, throwOnEndOfStream: false) == 4)
        {
            var record = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            length.CopyTo(record, 0);
            if (file.ReadAtLeast(record.AsSpan(4), record.Length - 4, throwOnEndOfStream: false) < record.Length - 4)
            {
                break;
            }

            using var reader = new BsonReader(new MemoryStream(record));
            replay(BsonDocumentSerializer.Instance.Deserialize(BsonDeserializationContext.CreateRoot(reader)));
            good = file.Position;
        }

        file.SetLength(good);
        file.Position = good;
        return new MongoJournal(file);
    }

    public void Append(BsonDocument record) => _file.Write(record.ToBson(serializer: BsonDocumentSerializer.Instance));

    /// <summary>Survives the process; a power cut is not what is tested here.</summary>
    public void Commit() => _file.Flush();

    public void Dispose() => _file.Dispose();
}
