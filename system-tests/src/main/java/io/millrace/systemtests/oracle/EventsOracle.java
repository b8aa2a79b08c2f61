package io.millrace.systemtests.oracle;

import io.millrace.local.LocalPlatform;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Events: every committed outbox row is in its topic, the events of an aggregate stand there first in sequence and without a
 * gap, nothing was set aside as poison.
 */
final class EventsOracle {

    /** What the scoring topology writes, exactly once for each order. */
    static final String SCORED = "fraud.transaction-scored";

    private static final List<String> SERVICES = List.of("order-service", "inventory-service", "fraud-service");

    private final LocalPlatform platform;
    private final Log log;

    EventsOracle(LocalPlatform platform) {
        this.platform = platform;
        this.log = new Log(platform.bootstrapServers());
    }

    /** Adds what does not hold, and counts. */
    void check(Findings findings) throws SQLException {
        long facts = 0;
        long records = 0;
        long again = 0;
        for (String service : SERVICES) {
            Tables tables = new Tables(platform.database(service));
            Map<String, Set<String>> published = published(tables);
            if (published.isEmpty()) {
                continue;
            }
            List<Log.Entry> entries = log.read(published.keySet());
            records += entries.size();
            again += readBack(service, entries, published, findings);
            for (Set<String> ids : published.values()) {
                facts += ids.size();
            }
        }
        List<String> deadLetters =
                log.topics().stream().filter(topic -> topic.endsWith(".dlt")).toList();
        for (Log.Entry letter : log.read(deadLetters)) {
            findings.violated("a record was set aside: " + letter);
        }
        findings.figure("facts", facts);
        findings.figure("records", records);
        findings.figure("raw_duplicates", again);
    }

    private static Map<String, Set<String>> published(Tables tables) throws SQLException {
        Map<String, Set<String>> byTopic = new HashMap<>();
        for (String[] row : tables.rows("select topic, event_id::text from outbox_published", row ->
                new String[] {row.getString(1), row.getString(2)})) {
            byTopic.computeIfAbsent(row[0], _ -> new HashSet<>()).add(row[1]);
        }
        return byTopic;
    }

    private static long readBack(
            String service, List<Log.Entry> entries, Map<String, Set<String>> published, Findings findings) {
        Set<String> seen = new HashSet<>();
        Map<String, Long> last = new HashMap<>();
        long again = 0;
        for (Log.Entry entry : entries) {
            boolean fromOutbox = !entry.type().equals(SCORED);
            if (fromOutbox && !published.getOrDefault(entry.topic(), Set.of()).contains(entry.id())) {
                findings.violated(service + ": in the topic, but was never committed: " + entry);
            }
            if (!seen.add(entry.topic() + " " + entry.id())) {
                again++;
                continue;
            }
            boolean compacted = entry.topic().startsWith("catalogue.items.")
                    || entry.topic().contains(".availability.");
            long before = last.getOrDefault(entry.topic() + " " + entry.subject(), 0L);
            last.put(entry.topic() + " " + entry.subject(), entry.sequence());
            if (compacted ? entry.sequence() <= before : entry.sequence() != before + 1) {
                findings.violated(service + ": sequence " + entry.sequence() + " follows " + before + ": " + entry);
            }
        }
        published.forEach((topic, ids) -> ids.stream()
                .filter(id -> !seen.contains(topic + " " + id))
                .forEach(id -> findings.violated(service + ": committed, but not in " + topic + ": " + id)));
        return again;
    }
}
