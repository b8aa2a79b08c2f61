package io.millrace.inventory.catalogue;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the catalogue, {@code millrace.catalogue.*}.
 *
 * @param importMaxBody largest body of an import, 64 KB to 1 GB
 * @param importMaxLine longest line of an import, 1 KB to 1 MB; a longer one is rejected, the next is read
 * @param importBatch products of one transaction, 1 to 5,000
 * @param importMaxRejected rejected lines an import's answer lists, 0 to 10,000; more are only counted
 */
@ConfigurationProperties("millrace.catalogue")
public record CatalogueProperties(
        @DefaultValue("8MB") DataSize importMaxBody,
        @DefaultValue("8KB") DataSize importMaxLine,
        @DefaultValue("500") int importBatch,
        @DefaultValue("100") int importMaxRejected) {

    /** Refuses values out of range, naming the property. */
    public CatalogueProperties {
        require(isWithin(importMaxBody, DataSize.ofKilobytes(64), DataSize.ofGigabytes(1)), "import-max-body");
        require(isWithin(importMaxLine, DataSize.ofKilobytes(1), DataSize.ofMegabytes(1)), "import-max-line");
        require(importBatch >= 1 && importBatch <= 5_000, "import-batch");
        require(importMaxRejected >= 0 && importMaxRejected <= 10_000, "import-max-rejected");
    }

    private static boolean isWithin(DataSize size, DataSize least, DataSize most) {
        return size.compareTo(least) >= 0 && size.compareTo(most) <= 0;
    }

    private static void require(boolean holds, String property) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.catalogue." + property + " is out of range");
        }
    }
}
