using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Clientele.Problems;

namespace Clientele.Storage;

/// <summary>What a person can put right about objects in S3.</summary>
internal static class S3Problems
{
    private const string Keys = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment";

    public static ProblemException NoKeys(ObjectsAddress address) => new(new("objects/credentials", $"There are no keys for {address}.", $"{Keys}."));

    /// <summary>The problem behind what was thrown; null when it is none of S3's.</summary>
    public static Problem? Of(Exception wrong, ObjectsAddress address) => wrong switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => NoBucket(address),
        AmazonS3Exception { ErrorCode: "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidToken" or "ExpiredToken" } bad =>
            new("objects/credentials", $"{address}{At(address)} does not know these keys ({bad.ErrorCode}).", $"{Keys} to those of that place."),
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } bad =>
            new("objects/refused", $"{address}{At(address)} does not let these keys in ({bad.ErrorCode}).", $"{Keys} to ones that may get, put, list and delete there, and check the bucket's name."),
        AmazonS3Exception { StatusCode: HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect } =>
            new("objects/region", $"The bucket '{address.Bucket}' is not in {address.Region}.", "Set its region: s3://bucket/prefix?region=eu-central-1, or AWS_REGION."),
        AmazonS3Exception { StatusCode: HttpStatusCode.NotFound } => NoBucket(address),
        AmazonS3Exception { StatusCode: not 0 } bad => new("objects/failed", $"{address}{At(address)} answered {(int)bad.StatusCode} {bad.ErrorCode}: {bad.Message}", "Try again; what was put there before stands."),
        AmazonClientException or AmazonServiceException or HttpRequestException or SocketException or IOException { InnerException: SocketException } =>
            new("objects/unreachable", $"{address}{At(address)} cannot be reached: {Innermost(wrong)}", "Check the endpoint, the network and the keys."),
        _ => null,
    };

    private static Problem NoBucket(ObjectsAddress address) =>
        new("objects/bucket", $"There is no bucket '{address.Bucket}'{At(address)}.", "Make it, or correct the name in 'artifacts'.");

    private static string At(ObjectsAddress address) => address.Endpoint is { } endpoint ? $" at {endpoint.GetLeftPart(UriPartial.Authority)}" : "";

    private static string Innermost(Exception wrong) => wrong.InnerException is { } inner ? Innermost(inner) : wrong.Message;
}
