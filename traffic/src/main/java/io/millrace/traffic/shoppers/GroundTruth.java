package io.millrace.traffic.shoppers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Which orders are really fraudsters', a JSON object a line: {@code {"orderId", "visitorId", "kind", "at"}}. Whoever judges
 * fraud detection reads it; detection itself never sees it.
 *
 * <p>Bounded: a file that reaches its size is set aside as {@code NAME.1}, and the one set aside before is deleted. A label
 * that can't be written is lost. Thread-safe.
 */
final class GroundTruth {

    private static final Logger log = LoggerFactory.getLogger(GroundTruth.class);

    private final Path file;
    private final long largest;
    private final Tally tally;
    private boolean failing;

    /**
     * In a file, whose folder is made when the first label is written.
     *
     * @param largest bytes after which the file is set aside
     */
    GroundTruth(Path file, long largest, Tally tally) {
        this.file = file;
        this.largest = largest;
        this.tally = tally;
    }

    synchronized void label(String orderId, String visitorId, FraudKind kind, Instant at) {
        String line = JsonNodeFactory.instance
                        .objectNode()
                        .put("orderId", orderId)
                        .put("visitorId", visitorId)
                        .put("kind", kind.label())
                        .put("at", at.toString())
                        .toString()
                + "\n";
        try {
            write(line.getBytes(StandardCharsets.UTF_8));
            failing = false;
        } catch (IOException e) {
            tally.add(Tally.Count.LABELS_LOST);
            if (!failing) {
                log.atWarn().addKeyValue("file", file).setCause(e).log("ground truth of fraud can't be written");
            }
            failing = true;
        }
    }

    private void write(byte[] line) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (Files.exists(file) && Files.size(file) + line.length > largest) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
