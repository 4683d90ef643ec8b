namespace Clientele.Synthetic;

/// <summary>What the shop sells: 480 products in eight categories. The same for every seed.</summary>
internal static class Catalogue
{
    /// <summary>Its products stand by falling popularity (Zipf, exponent 0.8).</summary>
    public static IReadOnlyList<Category> Categories { get; } =
    [
        Category.Make(0, ["OAK", "ENAMEL", "STONEWARE", "COPPER", "SPECKLED", "BLUE RIM", "FARMHOUSE", "NORDIC", "VINTAGE", "HARVEST"],
            ("MIXING BOWL", 9), ("TEA TOWEL", 4.5), ("CAKE STAND", 14), ("STORAGE JAR", 6), ("EGG CUP", 2), ("SERVING TRAY", 11)),
        Category.Make(1, ["ZINC", "WICKER", "TERRACOTTA", "RUSTIC", "FERN", "LAVENDER", "WEATHERED", "SAGE", "COTTAGE", "SWALLOW"],
            ("PLANT POT", 7), ("WATERING CAN", 12), ("BIRD FEEDER", 9), ("SEED TIN", 4), ("HANGING BASKET", 10), ("PLANT LABELS", 2.5)),
        Category.Make(2, ["MARBLED", "KRAFT", "MIDNIGHT", "BOTANICAL", "GINGHAM", "POLKA DOT", "ATLAS", "CONSTELLATION", "LINEN", "WILDFLOWER"],
            ("NOTEBOOK", 4), ("GIFT WRAP", 1.8), ("CARD SET", 3.5), ("PENCIL CASE", 5), ("DESK CALENDAR", 8), ("STICKER SHEET", 1.2)),
        Category.Make(3, ["WOODEN", "RAINBOW", "CIRCUS", "DINOSAUR", "FOREST", "RETRO", "PIRATE", "MEADOW", "ROBOT", "LITTLE FOX"],
            ("JIGSAW", 8), ("SPINNING TOP", 3), ("SOFT TOY", 10), ("SKIPPING ROPE", 4), ("TEA SET", 15), ("PLAYING CARDS", 2.5)),
        Category.Make(4, ["BRASS", "ANTIQUE", "DRIFTWOOD", "GEOMETRIC", "IVORY", "SLATE", "ARCH", "SUNBURST", "SMOKED", "RIBBED"],
            ("PHOTO FRAME", 8), ("WALL MIRROR", 24), ("VASE", 12), ("COAT HOOK", 5), ("CLOCK", 19), ("TRINKET DISH", 4.5)),
        Category.Make(5, ["LINEN", "WAFFLE", "STRIPED", "MUSTARD", "INDIGO", "TASSEL", "QUILTED", "TARTAN", "HONEYCOMB", "OATMEAL"],
            ("CUSHION COVER", 11), ("THROW", 26), ("TABLE RUNNER", 13), ("NAPKIN SET", 7), ("APRON", 12), ("DOORMAT", 15)),
        Category.Make(6, ["AMBER", "FROSTED", "STAR", "COPPER WIRE", "PAPER", "MOROCCAN", "PEARL", "FIG", "CEDAR", "CLOVE"],
            ("LANTERN", 13), ("SCENTED CANDLE", 9), ("TEA LIGHT HOLDER", 3), ("STRING LIGHTS", 11), ("TABLE LAMP", 32), ("CANDLE SNUFFER", 5)),
        Category.Make(7, ["CONFETTI", "GOLD", "PASTEL", "FIESTA", "HOLLY", "SNOWFLAKE", "ROBIN", "CANDY CANE", "TROPICAL", "SILVER"],
            ("BUNTING", 6), ("PAPER PLATES", 3), ("CRACKERS BOX", 9), ("BAUBLE", 2.2), ("GARLAND", 7), ("CAKE CANDLES", 1.9)),
    ];

    /// <summary>Not a product: what the parcel costs.</summary>
    public static Product Postage { get; } = new("POST", "POSTAGE", 495);
}

/// <param name="Cents">Price of one unit in hundredths.</param>
internal sealed record Product(string Code, string Name, int Cents);

internal sealed record Category(IReadOnlyList<Product> Products, Weights Popularity)
{
    public static Category Make(int number, string[] styles, params (string Noun, double Price)[] nouns)
    {
        var chance = new Chance(0, (ulong)number);
        var products = new List<Product>();
        foreach (var (noun, price) in nouns)
            foreach (string style in styles)
                products.Add(new($"{20_000 + 1_000 * number + 10 * products.Count + number}", $"{style} {noun}", Shelf(price * Math.Exp(0.3 * chance.Normal()))));
        for (int i = products.Count - 1; i > 0; i--)
        {
            int j = chance.Below(i + 1);
            (products[i], products[j]) = (products[j], products[i]);
        }
        return new(products, new(products.Select((_, rank) => Math.Pow(rank + 1, -0.8))));
    }

    /// <summary>Of eight products that come to mind (by popularity) the one nearest in price.</summary>
    public Product Choose(ref Chance chance, double price)
    {
        double target = Math.Log(100 * price), least = double.PositiveInfinity;
        Product? best = null;
        for (int i = 0; i < 8; i++)
        {
            var product = Products[Popularity.Draw(ref chance)];
            double distance = Math.Abs(Math.Log(product.Cents) - target);
            if (distance < least)
                (best, least) = (product, distance);
        }
        return best!;
    }

    // Shelf prices end in 5 or 9: 2.95, 12.49.
    private static int Shelf(double price) => price < 3 ? Math.Max(5, 5 * (int)Math.Round(price * 20)) : 10 * (int)Math.Round(price * 10) - 1;
}
