using System.Globalization;
using System.Text;
using Clientele.Problems;

namespace Clientele.Synthetic;

/// <summary>A believable shop whose customers' personas are known: two years of orders, and the truth behind them.</summary>
/// <remarks>
/// <c>orders.csv</c>: invoice, product, description, quantity, ordered_at, price, customer, country; by time, returns with a C before
/// the number and negative quantities, passers-by without a customer, dirt at the rates of <see cref="Dirt"/>.
/// <c>truth.csv</c>: customer, persona (1 … K), name. Customers are made one after the other, each from a stream of chance of their own.
/// </remarks>
public static class SyntheticShop
{
    private const int FirstInvoice = 500_001;
    private const int FirstCustomer = 10_001;

    /// <summary>Writes both files into <paramref name="folder"/>, over what may be there.</summary>
    /// <param name="progress">Gets the number of customers that are done.</param>
    /// <exception cref="ProblemException">An option is out of its range.</exception>
    public static SyntheticShopFiles Write(
        string folder, SyntheticShopOptions options, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        Check(options);
        Directory.CreateDirectory(folder);
        string orders = Path.Combine(folder, "orders.csv"), truth = Path.Combine(folder, "truth.csv");
        try
        {
            using var spool = new InvoiceSpool(folder);
            using (var output = Text(truth + ".part"))
                Shop(options, spool, output, progress, cancel);
            var (lines, invoices) = Export(spool, orders + ".part", cancel);
            File.Move(truth + ".part", truth, overwrite: true);
            File.Move(orders + ".part", orders, overwrite: true);
            return new(orders, truth, lines, invoices);
        }
        finally
        {
            File.Delete(truth + ".part");
            File.Delete(orders + ".part");
        }
    }

    private static void Check(SyntheticShopOptions options)
    {
        if (options.Customers is < 1 or > 100_000_000)
            throw new ProblemException(new("usage/customers", $"A shop of {options.Customers} customers cannot be made.", "Ask for 1 to 100,000,000."));
        if (options.Personas < 1 || options.Personas > PlantedPersona.All.Count)
            throw new ProblemException(new("usage/personas", $"{options.Personas} personas cannot be planted.", $"Ask for 1 to {PlantedPersona.All.Count}."));
    }

    private static void Shop(SyntheticShopOptions options, InvoiceSpool spool, StreamWriter truth, IProgress<int>? progress, CancellationToken cancel)
    {
        var shares = new Weights(PlantedPersona.All.Take(options.Personas).Select(persona => persona.Share));
        double factor = options.Separation == Separation.Clear ? 0.35 : 1;
        truth.Write("customer,persona,name\n");
        for (int i = 0; i < options.Customers; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var chance = new Chance(options.Seed, (ulong)i);
            int kind = shares.Draw(ref chance);
            var persona = PlantedPersona.All[kind];
            var shopper = Shopper.Draw((FirstCustomer + i).ToString(CultureInfo.InvariantCulture), persona, factor, ref chance);
            truth.Write($"{shopper.Id},{kind + 1},{persona.Name}\n");
            foreach (var invoice in Shopping.Invoices(shopper, ref chance))
            {
                Spool(spool, invoice, ref chance);
                if (!invoice.Cancelled && chance.Happens(Dirt.GuestPerOrder))
                    foreach (var passing in Shopping.Invoices(Shopper.Guest(ref chance), ref chance))
                        Spool(spool, passing, ref chance);
            }
            if ((i + 1) % 1_000 == 0 || i + 1 == options.Customers)
                progress?.Report(i + 1);
        }
    }

    private static void Spool(InvoiceSpool spool, Invoice invoice, ref Chance chance)
    {
        string time = ShopCalendar.FirstDay.AddMinutes(invoice.Minute).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        foreach (var (product, quantity) in invoice.Lines)
        {
            var dirt = Dirt.Draw(ref chance);
            string description = dirt == Dirt.Kind.NoDescription ? "" : product.Name;
            string units = dirt == Dirt.Kind.BadNumber ? Dirt.Number(ref chance) : quantity.ToString(CultureInfo.InvariantCulture);
            string when = dirt == Dirt.Kind.BadDate ? Dirt.Date(ref chance) : time;
            string line = string.Create(CultureInfo.InvariantCulture,
                $",{product.Code},{description},{units},{when},{product.Cents / 100}.{product.Cents % 100:00},{invoice.Customer},{invoice.Country}\n");
            text.Append(line);
            if (dirt == Dirt.Kind.Duplicate)
                text.Append(line);
        }
        spool.Add(invoice.Minute, invoice.Cancelled, Encoding.UTF8.GetBytes(text.ToString()));
    }

    // Invoices are numbered here, by time.
    private static (long Lines, long Invoices) Export(InvoiceSpool spool, string path, CancellationToken cancel)
    {
        using var output = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        output.Write("invoice,product,description,quantity,ordered_at,price,customer,country\n"u8);
        (long lines, long invoices) = (0, 0);
        foreach (var (cancelled, text) in spool.Sorted())
        {
            if (invoices % 1_000 == 0)
                cancel.ThrowIfCancellationRequested();
            byte[] number = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(cancelled ? "C" : "")}{FirstInvoice + invoices++}"));
            for (var rest = text.Span; rest.Length > 0; lines++)
            {
                int end = rest.IndexOf((byte)'\n') + 1;
                output.Write(number);
                output.Write(rest[..end]);
                rest = rest[end..];
            }
        }
        return (lines, invoices);
    }

    private static StreamWriter Text(string path) => new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
}
