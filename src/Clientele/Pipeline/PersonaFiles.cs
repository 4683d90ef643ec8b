using Clientele.Personas;

namespace Clientele.Pipeline;

/// <summary><c>personas.json</c> with all there is, <c>personas.csv</c> with what fits a line.</summary>
internal static class PersonaFiles
{
    public static void Write(RunFolder run, IReadOnlyList<Persona> personas, bool csv)
    {
        RunJson.Write(run.PathOf("personas.json"), personas);
        if (!csv)
            return;
        using var file = new StreamWriter(run.PathOf("personas.csv")) { NewLine = "\n" };
        file.Write(CsvText.Line("segment", "name", "archetype", "customers", "customer_share", "revenue", "revenue_share", "story", "rule", "precision", "recall", "action", "outliers", "jaccard", "silhouette"));
        foreach (var persona in personas)
            file.Write(CsvText.Line(persona.Segment, persona.Name, persona.Archetype, persona.Customers, persona.CustomerShare, persona.Revenue, persona.RevenueShare, persona.Story,
                persona.Rule.Text, persona.Rule.Precision, persona.Rule.Recall, persona.Action, persona.Outliers, persona.Jaccard, persona.Silhouette));
    }
}
