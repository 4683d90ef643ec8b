using System.Globalization;
using Clientele.Lifetime;
using Clientele.Synthetic;

namespace Clientele.Bench;

/// <summary>
/// Snapshots, contest and scoring from a file of invoices, as <c>clientele lifetime fit</c> does them, against pandas and scikit-learn at a size that these
/// can bear; then a million customers alone. The peer reads the same file, takes the same cut-offs and has a contender of each of its kinds.
/// </summary>
internal static class LifetimeSpeed
{
    private const int Fair = 10_000;

    public static async Task Run(int rounds)
    {
        string fair = await Workspace(Fair);
        var horizon = Horizon.OfMonths(6);
        var (first, last) = (DateOnly.FromDateTime(ShopCalendar.FirstDay), DateOnly.FromDateTime(ShopCalendar.LastDay));
        var (cutoffs, today) = (Origins.Few(first, last, horizon, new Settings.LifetimeSettings().Cutoffs), last.AddDays(1));
        string asked = string.Join(',', cutoffs.Select(day => $"{day:yyyy-MM-dd}")), days = $"{horizon.After(today).DayNumber - today.DayNumber}";
        await Ratio.Measure(
            "pandas + scikit-learn 1.2.1", rounds, () => MeasuredProcess.Peer("lifetime_contest.py", Path.Combine(fair, "invoices.csv"), asked, $"{today:yyyy-MM-dd}", days),
            ($"lifetime: snapshots, contest, scoring, {Fair:N0} customers", () => Fit(fair)));
    }

    /// <summary>Ours alone.</summary>
    public static async Task Many(int customers)
    {
        var measured = await Fit(await Workspace(customers));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"lifetime, {customers:N0} customers: {measured.Elapsed.TotalSeconds:0.0} s, memory {measured.PeakBytes / 1e6:0} MB\n{measured.Output}"));
        History.Add($"lifetime, {customers:N0} customers: seconds", measured.Elapsed.TotalSeconds);
        History.Add($"lifetime, {customers:N0} customers: MB", measured.PeakBytes / 1e6);
    }

    // From the file of invoices on: what an earlier fit left would be taken from the cache.
    private static Task<Measured> Fit(string workspace)
    {
        foreach (string left in (string[])[".clientele", "runs"])
            if (Path.Combine(workspace, left) is var folder && Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        return MeasuredProcess.Ours("lifetime", "fit", workspace);
    }

    // A folder of synthetic shoppers, one line per invoice; kept between runs.
    private static async Task<string> Workspace(int customers)
    {
        string folder = Path.Combine(Checkout.Scratch, $"lifetime-{customers}"), file = Path.Combine(folder, "invoices.csv");
        Directory.CreateDirectory(folder);
        if (!File.Exists(file))
        {
            using (var lines = new StreamWriter(file + ".part"))
                Invoices(lines, customers);
            File.Move(file + ".part", file);
        }
        await MeasuredProcess.Ours("init", folder, "--source", file, "--force");
        return folder;
    }

    private static void Invoices(StreamWriter lines, int customers)
    {
        var shares = new Weights(PlantedPersona.All.Take(5).Select(persona => persona.Share));
        lines.Write("invoice,customer,day,amount\n");
        long number = 0;
        foreach (string[] bought in Enumerable.Range(0, customers).AsParallel().AsOrdered().Select(Of))
            foreach (string invoice in bought)
                lines.Write(string.Create(CultureInfo.InvariantCulture, $"{++number},{invoice}\n"));

        string[] Of(int customer)
        {
            var chance = new Chance(42, (ulong)customer);
            var shopper = Shopper.Draw(string.Create(CultureInfo.InvariantCulture, $"c{customer:0000000}"), PlantedPersona.All[shares.Draw(ref chance)], 1, ref chance);
            return [.. Shopping.Invoices(shopper, ref chance).Where(invoice => !invoice.Cancelled).Select(invoice => string.Create(CultureInfo.InvariantCulture,
                $"{shopper.Id},{ShopCalendar.FirstDay.AddMinutes(invoice.Minute):yyyy-MM-dd},{invoice.Lines.Sum(line => (long)line.Product.Cents * line.Quantity) / 100m:0.00}"))];
        }
    }
}
