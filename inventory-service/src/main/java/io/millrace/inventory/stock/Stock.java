package io.millrace.inventory.stock;

import io.millrace.inventory.catalogue.Catalogue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What lies where, to be read. A product that is known and never had stock has no levels. */
@Service
public class Stock {

    private final Catalogue catalogue;
    private final LevelTable levels;

    Stock(Catalogue catalogue, LevelTable levels) {
        this.catalogue = catalogue;
        this.levels = levels;
    }

    /** The levels of a product that can be bought, in the order of their locations; empty when it can't be. */
    @Transactional(readOnly = true)
    public Optional<List<Level>> onSale(String sku) {
        return catalogue.find(sku).map(_ -> levels.read(Set.of(sku)));
    }

    /** The levels of a product that is or was in the catalogue, in the order of their locations; empty when it never was. */
    @Transactional(readOnly = true)
    public Optional<List<Level>> known(String sku) {
        return catalogue.known(Set.of(sku)).isEmpty() ? Optional.empty() : Optional.of(levels.read(Set.of(sku)));
    }
}
