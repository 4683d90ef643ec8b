namespace Clientele.Synthetic;

/// <summary>What is wrong with the export, at rates that a test can count. A line is spoilt in one way at most.</summary>
internal static class Dirt
{
    /// <summary>Lines whose quantity is no number.</summary>
    public const double BadNumber = 1.0 / 2_000;
    /// <summary>Lines whose date does not exist.</summary>
    public const double BadDate = 1.0 / 2_000;
    /// <summary>Lines without a description.</summary>
    public const double NoDescription = 1.0 / 500;
    /// <summary>Lines that are written twice.</summary>
    public const double Duplicate = 1.0 / 200;
    /// <summary>Orders that carry a line for postage.</summary>
    public const double PostagePerOrder = 1.0 / 12;
    /// <summary>Orders of passers-by without an account, for every order of a customer.</summary>
    public const double GuestPerOrder = 1.0 / 12;

    private static readonly string[] Numbers = ["six", "1O", "n/a", "3..5"];
    private static readonly string[] Dates = ["2025-02-30 10:15:00", "2024-13-07 09:30:00", "unknown", "0000-00-00 00:00:00"];

    public enum Kind { None, BadNumber, BadDate, NoDescription, Duplicate }

    public static Kind Draw(ref Chance chance) => chance.Uniform() switch
    {
        < BadNumber => Kind.BadNumber,
        < BadNumber + BadDate => Kind.BadDate,
        < BadNumber + BadDate + NoDescription => Kind.NoDescription,
        < BadNumber + BadDate + NoDescription + Duplicate => Kind.Duplicate,
        _ => Kind.None,
    };

    public static string Number(ref Chance chance) => Numbers[chance.Below(Numbers.Length)];

    public static string Date(ref Chance chance) => Dates[chance.Below(Dates.Length)];
}
