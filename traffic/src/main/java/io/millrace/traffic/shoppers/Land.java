package io.millrace.traffic.shoppers;

import java.util.List;
import java.util.SplittableRandom;

/** Names and addresses of a country, from which people are made up. */
enum Land {
    DE(
            "Anna,Lukas,Marie,Jonas,Lea,Felix,Katharina,Paul,Sabine,Moritz",
            "Becker,Hoffmann,Wagner,Schulz,Krause,Neumann,Vogel,Winter,Brandt,Engel",
            "Lindenweg,Gartenstraße,Am Mühlbach,Bahnhofstraße,Kirchplatz",
            "10437 Berlin,20253 Hamburg,50672 Köln,04109 Leipzig,80469 München"),
    FR(
            "Camille,Louis,Chloé,Hugo,Manon,Jules,Élodie,Antoine,Claire,Mathieu",
            "Martin,Bernard,Dubois,Moreau,Laurent,Lefèvre,Garnier,Rousseau,Blanchard,Perrin",
            "rue des Lilas,rue Victor Hugo,avenue de la Gare,rue du Moulin,place du Marché",
            "69003 Lyon,75011 Paris,33000 Bordeaux,44000 Nantes,67000 Strasbourg"),
    NL(
            "Sanne,Daan,Lotte,Bram,Femke,Sem,Anouk,Thijs,Marieke,Ruben",
            "de Vries,Jansen,Bakker,Visser,Smit,Mulder,Bos,Dekker,van Dijk,Kuiper",
            "Molenstraat,Kerkweg,Dorpsstraat,Havenkade,Tulpenlaan",
            "3011 AB Rotterdam,1016 EX Amsterdam,3511 LN Utrecht,9712 HN Groningen"),
    GB(
            "Emily,Oliver,Grace,Harry,Sophie,George,Hannah,Thomas,Lucy,Edward",
            "Taylor,Wright,Walker,Hughes,Turner,Parker,Cooper,Bailey,Morgan,Foster",
            "Mill Lane,Church Road,Station Road,Orchard Close,Victoria Street",
            "M4 1HQ Manchester,BS1 4DJ Bristol,YO1 7HH York,EH3 9GP Edinburgh"),
    IT(
            "Giulia,Marco,Chiara,Luca,Elena,Matteo,Francesca,Davide,Paola,Simone",
            "Rossi,Ferrari,Bianchi,Colombo,Ricci,Conti,Gallo,Fontana,Marini,Greco",
            "Via Roma,Via Garibaldi,Corso Italia,Via dei Mulini,Piazza San Marco",
            "20121 Milano,10123 Torino,40121 Bologna,50122 Firenze"),
    ES(
            "Lucía,Javier,Carmen,Pablo,Marta,Diego,Elena,Sergio,Irene,Álvaro",
            "García,Romero,Navarro,Torres,Molina,Ortega,Serrano,Castro,Vidal,Reyes",
            "Calle Mayor,Calle del Molino,Avenida de la Paz,Plaza Nueva,Calle Real",
            "28013 Madrid,08002 Barcelona,46001 Valencia,41001 Sevilla"),
    AT(
            "Julia,Florian,Magdalena,Stefan,Theresa,Matthias,Eva,Georg",
            "Gruber,Huber,Pichler,Steiner,Moser,Leitner,Fuchs,Eder",
            "Hauptstraße,Schulgasse,Wiener Straße,Mühlgasse",
            "1070 Wien,8010 Graz,5020 Salzburg,6020 Innsbruck"),
    PL(
            "Zofia,Jakub,Maja,Adam,Ewa,Tomasz,Agata,Piotr",
            "Nowak,Kowalski,Mazur,Krawczyk,Dudek,Sikora,Baran,Kubiak",
            "ulica Polna,ulica Lipowa,ulica Ogrodowa,ulica Kwiatowa",
            "00-031 Warszawa,31-042 Kraków,50-101 Wrocław,80-831 Gdańsk");

    private static final int HIGHEST_NUMBER = 120;
    private static final List<Land> ALL = List.of(values());

    /** Separated by commas: an enum's field is to be immutable to the eye too. */
    private final String firstNames;

    private final String lastNames;
    private final String streets;
    private final String cities;

    Land(String firstNames, String lastNames, String streets, String cities) {
        this.firstNames = firstNames;
        this.lastNames = lastNames;
        this.streets = streets;
        this.cities = cities;
    }

    /** The first ones, where the shop's warehouses are, more often than the others. */
    static Land pick(SplittableRandom chance) {
        int one = chance.nextInt(ALL.size());
        return ALL.get(Math.min(one, chance.nextInt(ALL.size())));
    }

    String firstName(SplittableRandom chance) {
        return pick(firstNames, chance);
    }

    String lastName(SplittableRandom chance) {
        return pick(lastNames, chance);
    }

    Address address(SplittableRandom chance) {
        String street = pick(streets, chance);
        int number = 1 + chance.nextInt(HIGHEST_NUMBER);
        String place = pick(cities, chance);
        int space = place.lastIndexOf(' ');
        String line = this == GB || this == FR ? number + " " + street : street + " " + number;
        return new Address(line, place.substring(space + 1), place.substring(0, space), name());
    }

    private static String pick(String all, SplittableRandom chance) {
        return Chance.pick(List.of(all.split(",", -1)), chance);
    }
}
