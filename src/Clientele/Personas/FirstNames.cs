namespace Clientele.Personas;

/// <summary>First names from many places, by first letter.</summary>
internal static class FirstNames
{
    /// <summary>Names that begin with the letter; empty for a letter that has none.</summary>
    public static IReadOnlyList<string> StartingWith(char letter) => ByLetter[letter].ToArray();

    public static IReadOnlyList<string> All { get; } =
    [
        "Ada", "Ahmed", "Aiko", "Alma", "Amara", "Anders", "Anjali", "Antonio", "Aylin",
        "Bella", "Benoit", "Bilal", "Birgit", "Boris", "Bruno", "Bukola", "Bao", "Beatriz",
        "Carla", "Carlos", "Chen", "Chiara", "Chidi", "Clara", "Cyrus", "Camille", "Conor",
        "Daniela", "David", "Deepak", "Dalia", "Dora", "Duc", "Dimitri", "Diego", "Delphine",
        "Elena", "Emeka", "Emma", "Enrique", "Erik", "Esra", "Eun", "Esther", "Eliseo",
        "Farid", "Fatima", "Felix", "Fiona", "Francesca", "Femi", "Feng", "Freya", "Florin",
        "Gabriel", "Gita", "Giulia", "Greta", "Gustavo", "Goran", "Grace", "Gwen", "Guang",
        "Hana", "Hassan", "Helena", "Hiro", "Hugo", "Hye", "Harriet", "Hamza", "Hilde",
        "Ibrahim", "Ines", "Ingrid", "Irina", "Isabel", "Ivan", "Imani", "Ivo", "Indira",
        "Jamal", "Jana", "Javier", "Jin", "Johanna", "Jonas", "Juliette", "Joao", "Jaya",
        "Kaito", "Karim", "Katya", "Kofi", "Kamala", "Klaus", "Kira", "Keanu", "Katrin",
        "Lars", "Leila", "Lena", "Lin", "Luca", "Lucia", "Lakshmi", "Lamar", "Laszlo",
        "Marek", "Maria", "Mei", "Milan", "Mina", "Mohamed", "Mateo", "Malik", "Maeve",
        "Nadia", "Naoki", "Nia", "Niko", "Noor", "Nuno", "Nikhil", "Nell", "Nora",
        "Olga", "Omar", "Oskar", "Orla", "Oluchi", "Otto", "Olivia", "Ove", "Ofelia",
        "Pablo", "Paula", "Pedro", "Pia", "Priya", "Petra", "Per", "Padma", "Ping",
        "Qadir", "Qiang", "Quentin", "Querida", "Quinn", "Qing",
        "Rafael", "Rania", "Ravi", "Rosa", "Ruben", "Rin", "Runa", "Rashid", "Ramona",
        "Samir", "Sara", "Sofia", "Sven", "Suki", "Stefan", "Sade", "Santiago", "Sunita",
        "Tariq", "Tessa", "Tomas", "Tuan", "Thandi", "Theo", "Tamar", "Tove", "Takumi",
        "Ulla", "Uma", "Usman", "Urs", "Ugo", "Ursula", "Umberto", "Uri",
        "Valeria", "Viktor", "Vera", "Vikram", "Vuyo", "Vincent", "Vesna", "Valentin",
        "Wanda", "Wei", "Wambui", "Walter", "Willem", "Wilma", "Waleed", "Winston",
        "Yara", "Yusuf", "Yuki", "Yann", "Yolanda", "Yemi", "Yasmin", "Yuri",
        "Zainab", "Zara", "Zoltan", "Zuri", "Zeno", "Zofia", "Zhen", "Zeynep",
    ];

    private static readonly ILookup<char, string> ByLetter = All.ToLookup(name => name[0]);
}
