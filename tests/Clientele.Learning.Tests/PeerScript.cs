using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Clientele.Learning.Tests;

/// <summary>Runs a script of bench/peers with Debian's Python and scikit-learn. Without them: fails in CI, skips elsewhere.</summary>
internal static class PeerScript
{
    private const string Python = "/usr/bin/python3";

    public sealed record Study(string Version, PeerFit[] Fits);

    public sealed record PeerFit(int Clusters, int[] Labels, double Inertia, double Silhouette, double DaviesBouldin, double CalinskiHarabasz);

    internal static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Study KMeansStudy(Matrix rows, int[] clusters, int restarts, int seed = 0)
    {
        string ask = JsonSerializer.Serialize(new { rows = rows.Rows, columns = rows.Columns, clusters, restarts, seed });
        Assert.True(BitConverter.IsLittleEndian);
        byte[] answer = Run("kmeans_study.py", [.. Encoding.UTF8.GetBytes(ask + "\n"), .. MemoryMarshal.AsBytes(rows.Values.AsSpan())]);
        return JsonSerializer.Deserialize<Study>(answer, Snake)!;
    }

    /// <param name="ask">An object of plain values; "rows" and "columns" are added.</param>
    public static T Ask<T>(string script, object ask, Matrix rows)
    {
        var line = JsonSerializer.SerializeToNode(ask, Snake)!.AsObject();
        (line["rows"], line["columns"]) = (rows.Rows, rows.Columns);
        byte[] answer = Run(script, [.. Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"), .. MemoryMarshal.AsBytes(rows.Values.AsSpan())]);
        return JsonSerializer.Deserialize<T>(answer, Snake)!;
    }

    /// <summary>By a linear programme, for samples of a few distinct values.</summary>
    public static double[] Dips(double[][] samples) => JsonSerializer.Deserialize<double[]>(Run("dip.py", JsonSerializer.SerializeToUtf8Bytes(samples)))!;

    internal static byte[] Run(string script, byte[] input)
    {
        if (!File.Exists(Python) || Exec(["-c", "import sklearn"], []).Code != 0)
        {
            const string message = "The peer is missing: install Debian's python3-sklearn (./dev setup does).";
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
                Assert.Fail(message);
            Assert.Skip(message);
        }
        var (code, output, error) = Exec([Path.Combine(Clientele.Tests.TestData.Checkout, "bench", "peers", script)], input);
        Assert.True(code == 0, error);
        return output;
    }

    private static (int Code, byte[] Output, string Error) Exec(string[] arguments, byte[] input)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Its threads spin for each other while other tests hold the cores.
            Environment = { ["OMP_NUM_THREADS"] = "1", ["OPENBLAS_NUM_THREADS"] = "1" },
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        Task.WaitAll(error, reading);
        process.WaitForExit();
        return (process.ExitCode, output.ToArray(), error.Result);
    }
}
