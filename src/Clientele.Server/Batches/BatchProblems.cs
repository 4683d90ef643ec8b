using Clientele.Problems;

namespace Clientele.Server.Batches;

/// <summary>What can be wrong with a whole batch. What is wrong with a row stands in its quarantine.</summary>
internal static class BatchProblems
{
    public static Problem Empty { get; } = new("batches/empty", "The file is empty.", "Send a header and a line for each row, or a JSON object on each line.");
    public static Problem Text(string why) => new("batches/text", why, "Send CSV or JSON lines in UTF-8, not compressed, or Parquet under its own type.");
    public static Problem NotParquet { get; } = new("batches/parquet", "The file is no whole Parquet file.", "Write it again, and send all of it.");
    public static Problem Columns(string what, string remedy) => new("batches/columns", what, remedy);
    public static Problem TooManyRows(long most) => new("batches/rows", $"The file has more than {most:N0} rows.", "Send it in parts, or raise serve: batch_rows in clientele.yaml.");
    public static Problem NoRoom { get; } = new("batches/disk", "There is no room on the service's disk, or it cannot be written.", "Make room, and send it again.");
    public static Problem ModelGone { get; } = new("batches/model", "The model that this job began with is gone or damaged.", "Send it again: the present model will answer.");
    public static Problem Mistake(string id) => new("service/mistake", "This is a mistake in Clientele, not in your file.", $"Please report it with the id {id}.");

    /// <summary>Whether it is the disk that did not do as it was told.</summary>
    public static bool IsOfDisk(Exception wrong) => DiskFaults.Of(wrong) is not null;
}
