using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>Turns parts of a model's own scale into parts of money, without a rest.</summary>
internal static class ValueParts
{
    /// <summary>
    /// Parts of a logarithm into parts of the amount: each gets its share of ln(value ÷ base), times the logarithmic mean of the two.
    /// Source: the logarithmic mean Divisia index, Ang (2005), Energy Policy 33(7).
    /// </summary>
    /// <param name="logs">Parts of ln(value ÷ base); overwritten by parts of value − base.</param>
    public static void FromLogs(Span<double> logs, double @base)
    {
        double sum = 0;
        foreach (double part in logs)
            sum += part;
        // (eˢ − 1)/s: 1 where nothing differs.
        double mean = Math.Abs(sum) < 1e-9 ? @base : @base * (Math.Exp(sum) - 1) / sum;
        for (int j = 0; j < logs.Length; j++)
            logs[j] *= mean;
    }

    /// <summary>Slope of the line through two points of a curve; the tangent where they are one.</summary>
    public static double Secant(Func<double, double> curve, double from, double to)
    {
        double step = to - from;
        return Math.Abs(step) < 1e-6 ? (curve(from + 5e-7) - curve(from - 5e-7)) / 1e-6 : (curve(to) - curve(from)) / step;
    }

    /// <summary>Brings parts of a window of the model's own length to another length, and adds the part that keeps the sum between 0 and <paramref name="most"/>.</summary>
    /// <param name="parts">n × columns.</param>
    public static ValueContributions Limited(double @base, IReadOnlyList<Driver> drivers, Matrix parts, double scale, double most)
    {
        var all = new Matrix(parts.Rows, parts.Columns + 1);
        for (int i = 0; i < parts.Rows; i++)
        {
            double sum = @base * scale;
            for (int j = 0; j < parts.Columns; j++)
                sum += all[i, j] = parts[i, j] * scale;
            all[i, parts.Columns] = Math.Clamp(sum, 0, most * scale) - sum;
        }
        return new(@base * scale, [.. drivers, Driver.Limits], all);
    }

    /// <summary>What a model says of its own window, brought to another length and held between 0 and <paramref name="most"/>.</summary>
    public static IEnumerable<double> Limited(IEnumerable<double> said, double scale, double most) => said.Select(value => Math.Clamp(value, 0, most) * scale);
}
