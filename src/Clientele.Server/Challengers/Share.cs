using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Clientele.Server.Challengers;

/// <summary>
/// A customer's place in 0 … 100, from a hash of the id, so that the same customer has the same place in every process. Who is below a percentage is below any higher one too.
/// Where no id is sent, what was sent is hashed.
/// </summary>
internal static class Share
{
    /// <summary>Of whom a request asks about: <c>customer</c> or <c>id</c>, else the whole body.</summary>
    public static (double Place, string? Customer) Of(in ReadOnlySequence<byte> body)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        return Of(ref json, body);
    }

    /// <summary>Of each of the objects in the array <c>customers</c>.</summary>
    public static List<(double Place, string? Customer)> OfEach(in ReadOnlySequence<byte> body)
    {
        var places = new List<(double, string?)>();
        var json = new Utf8JsonReader(body);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return places;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool wanted = json.ValueTextEquals("customers"u8);
            json.Read();
            if (wanted && json.TokenType == JsonTokenType.StartArray)
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                    places.Add(Of(ref json, body));
            else
                json.Skip();
        }
        return places;
    }

    /// <summary>Of bytes.</summary>
    public static double Of(ReadOnlySpan<byte> key)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, digest);
        return (BinaryPrimitives.ReadUInt64BigEndian(digest) >> 11) * (100.0 / (1UL << 53));
    }

    // The reader's token is a value's first; afterwards its last.
    private static (double Place, string? Customer) Of(ref Utf8JsonReader json, in ReadOnlySequence<byte> body)
    {
        long begin = json.TokenStartIndex;
        string? id = null, customer = null;
        if (json.TokenType == JsonTokenType.StartObject)
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = json.ValueTextEquals("id"u8), isCustomer = json.ValueTextEquals("customer"u8);
                json.Read();
                if (isCustomer && json.TokenType == JsonTokenType.String)
                    customer = json.GetString();
                else if (isId && json.TokenType == JsonTokenType.String)
                    id = json.GetString();
                else
                    json.Skip();
            }
        else
            json.Skip();
        return (customer ?? id) is { } known ? (Of(Encoding.UTF8.GetBytes(known)), customer) : (Of(body.Slice(begin, json.BytesConsumed - begin).ToArray()), null);
    }
}
