namespace Clientele.Learning;

/// <summary>What rows without groups look like.</summary>
public enum GapReference
{
    /// <summary>Evenly spread over the box of the columns. Source: Tibshirani, Walther &amp; Hastie (2001), JRSS B 63(2), §4 (a).</summary>
    RawAxes,
    /// <summary>Evenly spread over the box along the rows' principal axes; §4 (b) there: for long clouds that lie aslant, round which the box of the columns is nearly empty.</summary>
    PrincipalAxes,
    /// <summary>One normal cloud with the rows' covariance. Not in the paper: the reference of SigClust (Liu et al. 2008, JASA 103), which a bell-shaped cloud does not beat.</summary>
    Gaussian,
}
