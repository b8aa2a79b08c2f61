package io.millrace.traffic.shoppers;

import java.util.SplittableRandom;

/** An honest visit, from coming to leaving, at the pace of a person. */
final class Session implements Runnable {

    private static final double LOOKS_AT_SIMILAR = 0.5;
    private static final double DECLINED = 0.03;
    private static final double SLOW = 0.01;

    private final Scene scene;
    private final Visitor visitor;
    private final SplittableRandom chance;
    private final Browsing browsing;
    private final Reports reports;
    private Shown shown = Shown.NOTHING;

    Session(Scene scene, Catalogue catalogue, Visitor visitor, SplittableRandom chance) {
        this.scene = scene;
        this.visitor = visitor;
        this.chance = chance;
        this.browsing = new Browsing(catalogue, visitor, chance.split());
        this.reports = new Reports(scene, visitor.id(), chance.split());
    }

    @Override
    public void run() {
        show(scene.shop().recommended(visitor.id()));
        boolean stays = true;
        while (stays && scene.pauses().think(chance)) {
            stays = proceed(browsing.next(shown));
        }
        reports.finish();
    }

    /** Whether the visitor stays. */
    private boolean proceed(Step step) {
        switch (step) {
            case Step.View(Product product) -> looked(step, product);
            case Step.Follow(Product product, String _, int _) -> {
                scene.tally().add(Tally.Count.FOLLOWED);
                looked(step, product);
            }
            case Step.AddToCart _ -> reports.add(step);
            case Step.Order(var lines) -> order(new Purchase(visitor, card(), lines));
            case Step.Leave _ -> {
                return false;
            }
        }
        return true;
    }

    private void looked(Step step, Product product) {
        reports.add(step);
        if (chance.nextDouble() < LOOKS_AT_SIMILAR) {
            show(scene.shop().similar(product.sku()));
        }
    }

    private void show(Shown list) {
        shown = list;
        if (!list.isEmpty()) {
            scene.tally().add(Tally.Count.LISTS_SHOWN);
        }
    }

    private String card() {
        double drawn = chance.nextDouble();
        if (drawn < DECLINED) {
            return visitor.card().replace("tok_ok", "tok_declined");
        }
        return drawn < DECLINED + SLOW ? visitor.card().replace("tok_ok", "tok_slow") : visitor.card();
    }

    private void order(Purchase purchase) {
        reports.send();
        scene.checkout()
                .place(purchase, scene.id(chance).toString())
                .ifPresent(orderId -> scene.checkout().follow(purchase, orderId));
    }
}
