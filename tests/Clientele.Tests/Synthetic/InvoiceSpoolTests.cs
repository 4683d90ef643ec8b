using System.Text;
using Clientele.Synthetic;

namespace Clientele.Tests.Synthetic;

public sealed class InvoiceSpoolTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clientele-spool-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, InlineData(int.MaxValue, 0), InlineData(2_000, 10)]
    public void Invoices_come_out_by_time_and_equal_times_as_they_went_in(int bufferBytes, int leastFiles)
    {
        var chance = new Chance(1, 1);
        var expected = new List<(int Minute, string Text)>();
        using (var spool = new InvoiceSpool(folder, bufferBytes))
        {
            for (int i = 0; i < 3_000; i++)
            {
                int minute = chance.Below(500);
                expected.Add((minute, $",{i},{minute}\n"));
                spool.Add(minute, cancelled: i % 2 == 0, Encoding.UTF8.GetBytes(expected[^1].Text));
            }
            Assert.InRange(Directory.GetFiles(folder).Length, leastFiles, 100);
            Assert.Equal(
                expected.OrderBy(invoice => invoice.Minute).Select(invoice => invoice.Text),
                spool.Sorted().Select(invoice => Encoding.UTF8.GetString(invoice.Lines.Span)));
        }
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void All_but_one_buffer_is_on_disk_however_much_went_in()
    {
        byte[] lines = new byte[1_000];
        using var spool = new InvoiceSpool(folder, bufferBytes: 100_000);
        for (int i = 0; i < 20_000; i++)
            spool.Add(i % 977, false, lines);
        Assert.InRange(Directory.GetFiles(folder).Sum(path => new FileInfo(path).Length), 20_000_000 - 100_000, 21_000_000);
        Assert.Equal(20_000, spool.Sorted().Count());
    }
}
