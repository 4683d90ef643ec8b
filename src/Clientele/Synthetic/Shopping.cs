namespace Clientele.Synthetic;

/// <summary>Sends a shopper shopping.</summary>
internal static class Shopping
{
    private const int MinutesOfDay = 24 * 60;

    /// <summary>Every invoice of the shopper, each return after its order.</summary>
    public static List<Invoice> Invoices(Shopper shopper, ref Chance chance)
    {
        var invoices = new List<Invoice>(shopper.Orders);
        for (int order = 0; order < shopper.Orders; order++)
        {
            int day = order == 0 ? shopper.LastDay
                : order == 1 ? shopper.FirstDay
                : ShopCalendar.Draw(ref chance, shopper.FirstDay, shopper.LastDay);
            var bought = Order(shopper, day, ref chance);
            invoices.Add(bought);
            if (chance.Happens(shopper.ReturnRate) && Return(bought, ref chance) is { } returned)
                invoices.Add(returned);
        }
        return invoices;
    }

    private static Invoice Order(Shopper shopper, int day, ref Chance chance)
    {
        // From −½ on the first day to ½ on the last: growth leaves the mean basket nearly as it is.
        double age = shopper.LastDay == shopper.FirstDay ? 0 : (day - shopper.FirstDay) / (double)(shopper.LastDay - shopper.FirstDay) - 0.5;
        double size = Math.Exp(shopper.Growth * age + shopper.Whim * chance.Normal());
        var lines = new List<InvoiceLine>();
        int wanted = AtLeastOne(shopper.Lines * size, ref chance);
        for (int i = 0; i < wanted; i++)
        {
            var product = shopper.Repertoire[chance.Below(shopper.Repertoire.Count)];
            int quantity = AtLeastOne(shopper.Units * Math.Exp(shopper.Whim * chance.Normal()), ref chance);
            if (!lines.Exists(line => line.Product == product))
                lines.Add(new(product, quantity));
        }
        if (chance.Happens(Dirt.PostagePerOrder))
            lines.Add(new(Catalogue.Postage, 1));
        return new(day * MinutesOfDay + Minute(shopper.Hour, ref chance), false, shopper.Id, shopper.Country, lines);
    }

    // Around the shopper's usual hour, by day: from six in the morning to eleven at night.
    private static int Minute(double usualHour, ref Chance chance)
    {
        double hour;
        do
            hour = usualHour + 1.5 * chance.Normal();
        while (hour is < 6 or >= 23);
        return (int)(hour * 60);
    }

    // One line comes back within ten days, whole or in part.
    private static Invoice? Return(Invoice bought, ref Chance chance)
    {
        var line = bought.Lines[chance.Below(bought.Lines.Count)];
        int quantity = 1 + chance.Below(line.Quantity);
        int minute = bought.Minute + MinutesOfDay * (1 + chance.Below(10)) + chance.Below(120);
        return line.Product == Catalogue.Postage || minute >= ShopCalendar.Days * MinutesOfDay
            ? null
            : new(minute, true, bought.Customer, bought.Country, [line with { Quantity = -quantity }]);
    }

    // Rounds up or down by chance, so that the mean is kept wherever it is above one.
    private static int AtLeastOne(double mean, ref Chance chance) => Math.Max(1, (int)(mean + chance.Uniform()));
}
