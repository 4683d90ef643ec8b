namespace Clientele.Learning;

/// <summary>Log loss of 0 or 1 with f = logit p: gradient p − y, hessian p(1−p).</summary>
internal sealed class LogisticObjective(double[] target, double[] weights) : Objective(target, weights)
{
    // All rows of one class have no finite logit: this is a chance of one in ten million million.
    private const double Most = 30;

    public override double[] Start(ReadOnlySpan<int> rows)
    {
        double share = WeightedMean(rows, y => y);
        return [Math.Clamp(Math.Log(share / (1 - share)), -Most, Most)];
    }

    public override void Derive(double[] raw, int first, int end, double[] gradients, double[] hessians)
    {
        for (int i = first; i < end; i++)
        {
            double p = Softmax.Logistic(raw[i]);
            (gradients[i], hessians[i]) = (p - Target[i], p * (1 - p));
        }
    }

    /// <summary>ln(1 + e^f) − y·f.</summary>
    public override double Loss(double[] raw, int row)
    {
        double f = raw[row];
        return Math.Max(f, 0) + Elementary.LogOnePlus(Math.Exp(-Math.Abs(f))) - Target[row] * f;
    }
}

/// <summary>Log loss of one of K classes with p = softmax f: gradient p_k − 1{y = k}, hessian p_k(1−p_k).</summary>
internal sealed class SoftmaxObjective(double[] target, double[] weights, int classes) : Objective(target, weights)
{
    // The score of a class without rows: e^−30 of a chance.
    private const double Least = -30;

    public override int Outputs => classes;

    public override double[] Start(ReadOnlySpan<int> rows)
    {
        var counts = new double[classes];
        double total = 0;
        foreach (int i in rows)
        {
            counts[(int)Target[i]] += Weight(i);
            total += Weight(i);
        }
        return [.. counts.Select(count => Math.Max(Least, Math.Log(count / total)))];
    }

    public override void Derive(double[] raw, int first, int end, double[] gradients, double[] hessians)
    {
        int n = Target.Length;
        for (int i = first; i < end; i++)
        {
            double sum = LogSum(raw, i);
            for (int k = 0; k < classes; k++)
            {
                double p = Math.Exp(raw[k * n + i] - sum);
                (gradients[k * n + i], hessians[k * n + i]) = (p - (Target[i] == k ? 1 : 0), p * (1 - p));
            }
        }
    }

    public override double Loss(double[] raw, int row) => LogSum(raw, row) - raw[(int)Target[row] * Target.Length + row];

    private double LogSum(double[] raw, int row)
    {
        int n = Target.Length;
        double most = raw[row], sum = 0;
        for (int k = 1; k < classes; k++)
            most = Math.Max(most, raw[k * n + row]);
        for (int k = 0; k < classes; k++)
            sum += Math.Exp(raw[k * n + row] - most);
        return most + Math.Log(sum);
    }
}
