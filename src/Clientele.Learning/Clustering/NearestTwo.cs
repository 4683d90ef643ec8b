namespace Clientele.Learning;

/// <summary>The nearest and the next nearest of things met in order; of equally near ones the first met.</summary>
internal struct NearestTwo()
{
    private int met;

    public int First { get; private set; }
    /// <summary>With a single thing that one.</summary>
    public int Second { get; private set; }
    public double Distance { get; private set; } = double.PositiveInfinity;
    public double SecondDistance { get; private set; } = double.PositiveInfinity;

    public void Meet(int thing, double distance)
    {
        if (met++ == 0)
            (First, Second, Distance) = (thing, thing, distance);
        else if (distance < Distance)
            (Second, SecondDistance, First, Distance) = (First, Distance, thing, distance);
        else if (distance < SecondDistance)
            (Second, SecondDistance) = (thing, distance);
    }
}
