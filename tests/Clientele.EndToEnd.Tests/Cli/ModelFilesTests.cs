using System.IO.Compression;
using Clientele.Tests.Pipeline;
using Clientele.Tests.TestServers;

namespace Clientele.Tests.Cli;

public sealed class ModelFilesTests(S3Server s3)
{
    [Fact]
    public async Task A_model_goes_from_one_workspace_to_another_as_a_file_or_a_folder_and_stays_the_same()
    {
        using var shop = await SmallShop.Create(300);
        await shop.Run();
        await CliProcess.Succeed(shop.Folder, "init", "other", "--source", "shop/orders.csv", "--name", "Other");
        await In("models", "export", "champion", "--out", "model.zip");
        await In("models", "export", "1", "--out", "model");
        await In("models", "export", "1", "--out", "again.zip");

        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(shop.Folder, "model.zip")), await File.ReadAllBytesAsync(Path.Combine(shop.Folder, "again.zip")));
        Assert.Contains("other 1", await Into("model.zip"), StringComparison.Ordinal);
        Assert.Contains("other 1", await Into("model"), StringComparison.Ordinal);      // the same bytes: the same version
        await CliProcess.Succeed(shop.Folder, "models", "promote", "1", "--reason", "it was good elsewhere", "--workspace", "other");
        Assert.Contains("sound", await CliProcess.Succeed(shop.Folder, "models", "verify", "--workspace", "other"), StringComparison.Ordinal);
        string here = await Predict("shop"), there = await Predict("other");
        Assert.Matches(@"clv_mean.*\n(.*,[0-9.]+,[0-9.]+,[0-9.]*,[0-9.]*,[0-9.]+\n)+$", here);      // it values customers as well
        Assert.Equal(here, there);

        var again = await CliProcess.Run(shop.Folder, "models", "export", "1", "--out", "model.zip", "--workspace", "shop");
        Assert.Equal((1, true), (again.ExitCode, again.Error.Contains("is there already", StringComparison.Ordinal)));

        Task<string> In(params string[] words) => CliProcess.Succeed(shop.Folder, [.. words, "--workspace", "shop"]);
        Task<string> Predict(string workspace) => CliProcess.Succeed(shop.Folder, "predict", "shop/orders.csv", "--workspace", workspace, "--quiet");
        Task<string> Into(string file) => CliProcess.Succeed(shop.Folder, "models", "import", file, "--reason", "from the other shop", "--workspace", "other");
    }

    [Fact]
    public async Task An_archive_that_was_changed_or_reaches_outside_is_refused()
    {
        using var shop = await SmallShop.Create(300);
        await shop.Run();
        await CliProcess.Succeed(shop.Folder, "models", "export", "--out", "model.zip", "--workspace", "shop");
        string file = Path.Combine(shop.Folder, "model.zip");
        byte[] sound = await File.ReadAllBytesAsync(file);

        Change(zip =>
        {
            using var text = new StreamWriter(zip.GetEntry("model.json")!.Open());
            text.Write(" ");
        });
        await Refused("is not the one that was saved");
        Change(zip => zip.CreateEntry("../outside.json"));
        await Refused("no file of a bundle");
        await File.WriteAllBytesAsync(file, sound[..^100]);
        await Refused("not an archive");
        await File.WriteAllBytesAsync(file, sound);
        await CliProcess.Succeed(shop.Folder, "models", "import", "model.zip", "--reason", "sound", "--workspace", "shop");

        void Change(Action<ZipArchive> change)
        {
            File.WriteAllBytes(file, sound);
            using var zip = ZipFile.Open(file, ZipArchiveMode.Update);
            change(zip);
        }
        async Task Refused(string why)
        {
            var result = await CliProcess.Run(shop.Folder, "models", "import", "model.zip", "--reason", "try", "--workspace", "shop");
            Assert.Equal(1, result.ExitCode);
            Assert.Contains(why, result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Models_and_files_of_runs_stand_in_S3_where_artifacts_says_so()
    {
        using var shop = await SmallShop.Create(300);
        string place = await s3.NewPlace();
        await File.AppendAllTextAsync(shop["clientele.yaml"], $"\nartifacts: {place}\n");

        await shop.Run();

        Assert.False(Directory.Exists(shop["objects"]));
        Assert.Contains("sound", await In("models", "verify"), StringComparison.Ordinal);
        await In("models", "export", "--out", "model.zip");
        string segments = await File.ReadAllTextAsync(shop["runs", "latest", "segments.csv"]);
        Directory.Delete(shop["runs"], recursive: true);
        await In("runs", "files", await shop.LastRun(), "--out", "back");
        Assert.Equal(segments, await File.ReadAllTextAsync(Path.Combine(shop.Folder, "back", "segments.csv")));

        foreach (string file in s3.FilesOf(Clientele.Storage.ObjectsAddress.Parse(place, "")))
            await File.AppendAllTextAsync(file, " ");
        var damaged = await CliProcess.Run(shop.Folder, "models", "verify", "--workspace", "shop");
        Assert.Contains("damaged", damaged.Error, StringComparison.Ordinal);

        Task<string> In(params string[] words) => CliProcess.Succeed(shop.Folder, [.. words, "--workspace", "shop"]);
    }

    [Fact]
    public async Task Wrong_keys_a_wrong_bucket_and_a_server_that_is_away_are_said_in_a_sentence()
    {
        using var shop = await SmallShop.Create(300);
        await shop.Run();
        string place = await s3.NewPlace();

        await Refused(place, "wrong", "does not know these keys");
        await Refused(await s3.NewPlace("other-bucket"), S3Server.Key, "There is no bucket 'other-bucket'");
        await Refused("s3://shop-files/x?endpoint=http://127.0.0.1:9", S3Server.Key, "cannot be reached");
        await Refused(place, null, "There are no keys");

        async Task Refused(string artifacts, string? key, string why)
        {
            var environment = new Dictionary<string, string?> { ["CLIENTELE_ARTIFACTS"] = artifacts, ["AWS_ACCESS_KEY_ID"] = key, ["AWS_SECRET_ACCESS_KEY"] = key };
            var result = await CliProcess.Run(shop.Folder, environment, "models", "verify", "--workspace", "shop");
            Assert.Equal(1, result.ExitCode);
            Assert.Contains(why, result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("wrong", result.Error, StringComparison.Ordinal);
        }
    }
}
