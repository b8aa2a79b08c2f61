package io.millrace.traffic.shoppers;

import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Everybody who may come. A number always gives the same person, in every run and whatever the seed: regular customers
 * stay who they are, and their orders look to fraud detection like those of regular customers.
 */
final class Population {

    /** Orders a day of one regular customer: far below any limit of fraud detection, so that honest orders look honest. */
    static final int ORDERS_PER_DAY = 10;

    private static final int LEAST = 500;
    private static final int MOST = 20_000;
    private static final long PEOPLE = 0x6d696c6c72616365L;

    /** Strangers' numbers begin here. */
    private static final long STRANGERS = 1L << 40;

    private final int regulars;

    /** Large enough for so many orders. */
    Population(double ordersPerMinute) {
        double needed = ordersPerMinute * 60 * 24 / ORDERS_PER_DAY;
        this.regulars = (int) Math.clamp(needed, LEAST, MOST);
    }

    int regulars() {
        return regulars;
    }

    Visitor regular(SplittableRandom chance) {
        return person(chance.nextInt(regulars));
    }

    /** Somebody who was never there before, and will hardly come again. */
    Visitor stranger(SplittableRandom chance) {
        return person(STRANGERS + chance.nextLong(STRANGERS));
    }

    Visitor person(long number) {
        SplittableRandom chance = Chance.of(PEOPLE, number);
        Land land = Land.pick(chance);
        String first = land.firstName(chance);
        String last = land.lastName(chance);
        String account = mark(number, 0);
        return new Visitor(
                number,
                "v-" + mark(number, 1),
                "c-" + account,
                first + " " + last,
                letters(first) + "." + letters(last) + "." + account.substring(0, 4) + "@example.com",
                land.address(chance),
                "d-" + mark(number, 2),
                "tok_ok_" + mark(number, 3));
    }

    /** Pseudonyms of one person that nobody can tell to be one person's. */
    private static String mark(long number, long kind) {
        return HexFormat.of()
                .toHexDigits(Chance.mix(Chance.mix(PEOPLE + kind) ^ number))
                .substring(0, 12);
    }

    private static String letters(String name) {
        return Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("[^a-z]", "");
    }
}
