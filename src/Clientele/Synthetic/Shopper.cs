namespace Clientele.Synthetic;

/// <summary>One customer: what was drawn for them from their persona, before they buy anything.</summary>
/// <param name="FirstDay">Day of the first order, 0 … last.</param>
/// <param name="LastDay">Day of the last order.</param>
/// <param name="Whim">How much baskets differ: standard deviation of the logarithm of their size.</param>
internal sealed record Shopper(
    string Id, string Country, int Orders, int FirstDay, int LastDay, double Lines, double Units, double ReturnRate, double Growth, double Hour, double Whim,
    IReadOnlyList<Product> Repertoire)
{
    private static readonly string[] Countries = ["United Kingdom", "Germany", "France", "Ireland", "Netherlands", "Spain", "Sweden", "Portugal"];
    private static readonly Weights CountryWeights = new([75, 6, 6, 4, 3, 3, 2, 1]);

    /// <param name="factor">Scales how much customers of a persona differ.</param>
    public static Shopper Draw(string id, PlantedPersona persona, double factor, ref Chance chance)
    {
        string country = Countries[CountryWeights.Draw(ref chance)];
        int orders = Math.Max(1, (int)Math.Round(persona.Orders.Draw(ref chance, factor)));
        int lastDay = ShopCalendar.Days - 1 - Math.Min(ShopCalendar.Days - 1, (int)persona.Recency.Draw(ref chance, factor));
        int firstDay = orders == 1 ? lastDay : Math.Max(0, lastDay - (int)persona.Tenure.Draw(ref chance, factor));
        double price = persona.Price.Draw(ref chance, factor);
        var repertoire = new Product[Math.Max(1, (int)Math.Round(persona.Repertoire.Draw(ref chance, factor)))];
        for (int i = 0; i < repertoire.Length; i++)
            repertoire[i] = Catalogue.Categories[persona.Tastes.Draw(ref chance)].Choose(ref chance, price);
        return new(
            id, country, orders, firstDay, lastDay, persona.Lines.Draw(ref chance, factor), persona.Units.DrawHeavy(ref chance, factor),
            Math.Min(.95, persona.Returns.Draw(ref chance, factor)), persona.Growth + .3 * factor * chance.Normal(),
            Math.Clamp(persona.Hour + factor * chance.Normal(), 6, 22), 0.3 * factor, repertoire);
    }

    /// <summary>Somebody without an account who passes by once.</summary>
    public static Shopper Guest(ref Chance chance)
    {
        var guest = Draw("", PlantedPersona.All[1], 1, ref chance);
        int day = ShopCalendar.Draw(ref chance, 0, ShopCalendar.Days - 1);
        return guest with { Orders = 1, FirstDay = day, LastDay = day, ReturnRate = 0 };
    }
}
