using Clientele.Personas;
using Clientele.Sources;
using FsCheck.Fluent;

namespace Clientele.Tests.Personas;

public sealed class StoryTests
{
    [Fact]
    public void A_story_never_contradicts_the_numbers_it_comes_from() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var shop = Shop.Random(seed, segments: 2 + (int)((uint)seed % 9), customers: 40 + (int)((uint)seed % 400));
            Assert.Empty(shop.Personas().SelectMany(persona => StoryReader.Mistakes(persona, shop)));
        }).Holds();

    [Fact]
    public void A_story_without_money_is_true_too() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var shop = Shop.Random(seed, fields: Shop.Everything with { Money = false });
            Assert.Empty(shop.Personas().SelectMany(persona => StoryReader.Mistakes(persona, shop)));
        }).Holds();

    public static TheoryData<SourceFields, string[]> Ignorance => new()
    {
        { Shop.Everything with { Money = false }, ["£", "spen", "revenue", "money", "worth", "price", "thrifty", "frugal", "lavish", "generous"] },
        { Shop.Everything with { Country = false }, ["countr", "in france", "overseas", "international", "global"] },
        { Shop.Everything with { TimeOfDay = false }, ["hour", ":00", "morning", "evening", "early e", "daybreak", "late-day"] },
        { Shop.Everything with { Product = false }, ["product", "curious", "choosy"] },
        { Shop.Everything with { Quantity = false }, [" unit"] },
        { Shop.Everything with { Cancellations = false }, ["cancel", "fickle", "hesitant"] },
        { new(false, false, false, false, false, false, false), ["£", "spen", "revenue", "hour", "countr", "product", " unit", "cancel"] },
    };

    [Theory, MemberData(nameof(Ignorance))]
    public void A_persona_does_not_speak_of_what_the_source_does_not_know(SourceFields fields, string[] words)
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            SegmentHabits[] habits = [.. Enumerable.Range(1, 6).Select(s => new SegmentHabits(
                s, [new("France", 9, 0.9)], [new(14, 9, 1)], [new("Monday", 9, 1)], [new("P1", "MUG", 5, 9, 0.5)]))];
            foreach (var persona in Shop.Random(seed, 6, fields: fields).Personas(habits: habits))
                foreach (string word in words)
                    Assert.DoesNotContain(word, Shop.AllWords(persona), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Even_features_that_should_not_be_there_are_passed_over()
    {
        var shop = Shop.Random(3) with { Fields = new(false, false, false, false, false, false, false) };
        foreach (var persona in shop.Personas())
        {
            Assert.Null(persona.Revenue);
            Assert.DoesNotContain(persona.Profile, p => p.Unit.StartsWith("money", StringComparison.Ordinal) || p.Feature is "hour" or "home" or "units");
            Assert.DoesNotContain("spen", Shop.AllWords(persona), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void A_country_is_named_when_most_of_a_segment_are_elsewhere()
    {
        SegmentHabits[] habits =
        [
            new(1, [new("United Kingdom", 90, 0.9)], [], [], []),
            new(2, [new("Germany", 60, 0.6), new("United Kingdom", 40, 0.4)], [], [], []),
        ];

        var personas = Shop.Random(5, 2).Personas(habits: habits);

        Assert.DoesNotContain("United Kingdom", personas[0].Story, StringComparison.Ordinal);
        Assert.Contains("60 % of them are in Germany", personas[1].Story, StringComparison.Ordinal);
    }
}
