namespace Clientele.Learning;

/// <summary>Σ weight·NB(n; shape, 1−e^{−u}) over places u, for n = 0, 1, … in turn.</summary>
/// <remarks>
/// Each n is the last times (1−e^{−u})(shape+n)/(n+1). Only a window of places counts at a time: those before it have fallen to nothing and those after it
/// have not risen from it yet, as the mean shape·(e^u − 1) grows with u.
/// </remarks>
internal sealed class NegativeBinomialMixture
{
    /// <summary>Logarithm of what a place adds at the least: 1e-43 cannot be seen in a sum of probabilities.</summary>
    private const double Least = -100;

    private readonly double shape;
    private readonly double[] places, weights, rises;

    /// <param name="places">u &gt; 0, ascending.</param>
    /// <param name="weights">Of each, ≥ 0, of sum 1.</param>
    public NegativeBinomialMixture(double shape, double[] places, double[] weights)
    {
        (this.shape, this.places, this.weights) = (shape, places, weights);
        rises = Array.ConvertAll(places, u => -Elementary.ExpMinusOne(-u));
    }

    public IEnumerable<double> Terms()
    {
        double[] terms = new double[places.Length];
        double least = Math.Exp(Least), logCount = 0;      // ln Γ(shape+n)/Γ(shape)/n!
        for (int n = 0, first = 0, end = 0; ; n++)
        {
            for (; end < places.Length && Log(end, n, logCount) is var log && log > Least; end++)
                terms[end] = weights[end] * Math.Exp(log);
            double growth = (shape + n) / (n + 1);
            yield return Step(terms, first, end, growth);
            logCount += Math.Log(growth);
            // A place falls for good once n is past its mean; before that it is small only because it started so.
            while (first < end && terms[first] < least && n > shape * rises[first] / (1 - rises[first]))
                first++;
        }
    }

    private double Log(int place, int n, double logCount) => logCount - shape * places[place] + (n == 0 ? 0 : n * Math.Log(rises[place]));

    private double Step(double[] terms, int first, int end, double growth)
    {
        double sum = 0;
        for (int i = first; i < end; i++)
        {
            sum += terms[i];
            terms[i] *= rises[i] * growth;
        }
        return sum;
    }
}
