package io.millrace.traffic.shoppers;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** What a fraudster does in one visit. Each order the shop takes from him is labelled. */
final class Attack implements Runnable {

    private static final double CARDS_THAT_WORK = 0.3;
    private static final int CHEAPEST_OF = 10;
    private static final int DEAREST_OF = 20;
    private static final int MOST_LOOT = 3;
    private static final int MOST_TRIES = 50;

    private final Scene scene;
    private final Catalogue catalogue;
    private final Population population;
    private final FraudKind kind;
    private final SplittableRandom chance;

    Attack(Scene scene, Catalogue catalogue, Population population, FraudKind kind, SplittableRandom chance) {
        this.scene = scene;
        this.catalogue = catalogue;
        this.population = population;
        this.kind = kind;
        this.chance = chance;
    }

    @Override
    public void run() {
        switch (kind) {
            case CARD_TESTING -> testCards();
            case ACCOUNT_TAKEOVER -> takeOver();
        }
    }

    private void testCards() {
        Visitor fraudster = population.stranger(chance);
        List<Product> cheap = cheapest();
        int cards =
                Arrivals.LEAST_TRIED_CARDS + chance.nextInt(Arrivals.MOST_TRIED_CARDS - Arrivals.LEAST_TRIED_CARDS + 1);
        look(fraudster, cheap.getFirst());
        for (int i = 0; i < cards && scene.pauses().think(chance); i++) {
            List<Line> lines = List.of(new Line(Chance.pick(cheap, chance), 1));
            order(new Purchase(fraudster, stolenCard(), lines));
        }
    }

    private void takeOver() {
        Visitor victim = population.regular(chance);
        Visitor thief = abroad(victim);
        Visitor intruder = new Visitor(
                victim.number(),
                thief.id(),
                victim.customer(),
                victim.name(),
                victim.email(),
                thief.address(),
                thief.device(),
                victim.card());
        List<Line> loot = loot();
        look(intruder, loot.getFirst().product());
        if (scene.pauses().think(chance)) {
            order(new Purchase(intruder, intruder.card(), loot));
        }
    }

    /** Somebody, but not from the victim's country. */
    private Visitor abroad(Visitor victim) {
        Visitor thief = population.stranger(chance);
        String home = victim.address().country();
        for (int i = 0; i < MOST_TRIES && thief.address().country().equals(home); i++) {
            thief = population.stranger(chance);
        }
        return thief;
    }

    private List<Line> loot() {
        List<Product> dear = catalogue.byPrice().reversed();
        List<Product> choice = dear.subList(0, Math.min(DEAREST_OF, dear.size()));
        List<Line> lines = new ArrayList<>();
        int pieces = 1 + chance.nextInt(MOST_LOOT);
        for (int i = 0; i < pieces; i++) {
            Product product = Chance.pick(choice, chance);
            if (lines.stream().noneMatch(line -> line.product().equals(product))) {
                lines.add(new Line(product, 1 + chance.nextInt(2)));
            }
        }
        return lines;
    }

    private List<Product> cheapest() {
        List<Product> all = catalogue.byPrice();
        return all.subList(0, Math.min(CHEAPEST_OF, all.size()));
    }

    private String stolenCard() {
        String behaviour = chance.nextDouble() < CARDS_THAT_WORK ? "tok_ok_" : "tok_declined_";
        return behaviour + HexFormat.of().toHexDigits(chance.nextLong()).substring(0, 12);
    }

    private void look(Visitor visitor, Product product) {
        Reports reports = new Reports(scene, visitor.id(), chance.split());
        reports.add(new Step.View(product));
        reports.finish();
    }

    private void order(Purchase purchase) {
        scene.checkout().place(purchase, scene.id(chance).toString()).ifPresent(orderId -> {
            scene.tally().add(Tally.Count.FRAUDULENT);
            scene.truth()
                    .label(orderId, purchase.buyer().id(), kind, scene.clock().instant());
        });
    }
}
