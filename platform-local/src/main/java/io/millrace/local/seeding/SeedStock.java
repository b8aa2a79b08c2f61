package io.millrace.local.seeding;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * How many units of a product lie where, at first.
 *
 * <p>The first products, which the README and people's own commands order, are plentiful everywhere. Of the others one in
 * eight is scarce, one in twelve is sold out in one place and one in forty everywhere; the rest is plentiful. Which are
 * which follows from their names, so that every fresh platform has the same.
 */
final class SeedStock {

    /** Location and its share of the plenty, in units of the first product. */
    private static final Map<String, Integer> LOCATIONS = locations();

    private static final int PLENTIFUL = 20;
    private static final int MORE_EACH = 10;
    private static final int SCARCE_MOST = 9;

    private SeedStock() {}

    private static Map<String, Integer> locations() {
        Map<String, Integer> locations = new LinkedHashMap<>();
        locations.put("berlin", 400);
        locations.put("lyon", 250);
        locations.put("rotterdam", 150);
        return locations;
    }

    /**
     * Units by location, each at least 1; locations without any are left out.
     *
     * @param position of the product in the catalogue, from 0
     */
    static Map<String, Integer> of(int position, String sku) {
        Map<String, Integer> units = new LinkedHashMap<>();
        if (position < PLENTIFUL) {
            LOCATIONS.forEach((location, most) -> units.put(location, most + MORE_EACH * position));
            return units;
        }
        int fate = chance(sku, 120);
        boolean soldOut = fate < 3;
        boolean scarce = fate >= 3 && fate < 18;
        String empty = fate >= 18 && fate < 28 ? LOCATIONS.keySet().toArray(String[]::new)[fate % 3] : "";
        LOCATIONS.forEach((location, most) -> {
            int here = scarce ? chance(sku + location, SCARCE_MOST) : most / 2 + chance(sku + location, most / 2);
            if (!soldOut && !location.equals(empty) && here > 0) {
                units.put(location, here);
            }
        });
        return units;
    }

    /** A number from 0 to below the bound, always the same for the same text. */
    private static int chance(String text, int bound) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return (int) (sum.getValue() % bound);
    }
}
