using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Tests.Sources;

/// <summary>A folder of small order files that goes with the test.</summary>
internal sealed class OrderFiles : IDisposable
{
    public const string Header = "invoice,customer,day,product,quantity,price";

    public static readonly ColumnMapping Columns = new()
    {
        Invoice = "invoice",
        Customer = "customer",
        OrderedAt = "day",
        Product = "product",
        Quantity = "quantity",
        Price = "price",
    };

    public string Folder { get; } = Directory.CreateTempSubdirectory("clientele-orders-").FullName;

    public OrderFiles Add(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public OrderFiles Add(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(Folder, name), bytes);
        return this;
    }

    public static WorkspaceSettings Settings(params string[] files) => new() { Sources = [new() { Files = files }], Columns = Columns };

    public Task<OrdersRun> Run(params string[] files) => Run(Settings(files));

    public Task<OrdersRun> Run(WorkspaceSettings settings) => OrdersRun.Of(settings, Folder);

    public async Task<Problem> Problem(WorkspaceSettings settings) =>
        (await Assert.ThrowsAsync<ProblemException>(async () => await (await Run(settings)).DisposeAsync())).Problem;

    public Task<Problem> Problem(params string[] files) => Problem(Settings(files));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
