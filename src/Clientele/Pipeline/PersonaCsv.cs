using Clientele.Personas;

namespace Clientele.Pipeline;

/// <summary><c>personas.csv</c>: of every persona what fits a line.</summary>
internal static class PersonaCsv
{
    public static Task Write(Stream to, IReadOnlyList<Persona> personas)
    {
        using var file = new StreamWriter(to, leaveOpen: true) { NewLine = "\n" };
        file.Write(CsvText.Line("segment", "name", "archetype", "customers", "customer_share", "revenue", "revenue_share", "story", "rule", "precision", "recall", "action", "outliers", "jaccard", "silhouette"));
        foreach (var persona in personas)
            file.Write(CsvText.Line(persona.Segment, persona.Name, persona.Archetype, persona.Customers, persona.CustomerShare, persona.Revenue, persona.RevenueShare, persona.Story,
                persona.Rule.Text, persona.Rule.Precision, persona.Rule.Recall, persona.Action, persona.Outliers, persona.Jaccard, persona.Silhouette));
        return Task.CompletedTask;
    }
}
