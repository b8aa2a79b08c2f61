package io.millrace.fraud.cases;

import io.millrace.events.Money;
import io.millrace.events.fraud.FraudOutcome;
import io.millrace.events.fraud.TransactionScored;
import io.millrace.fraud.cases.FraudCase.Ruling;
import io.millrace.messaging.sql.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The orders that were screened: their decisions and cases, in one table; a statement per batch. */
@Repository
public class Screenings {

    /** An order whose ending was heard of first, and that needs a case, gets one that is closed already. */
    private static final String RECORD_DECISIONS = """
            insert into screening (order_id, decision_id, customer_id, amount_minor, currency, outcome, score, reasons,
                                   rules_version, transaction_at, case_status)
            select order_id, decision_id, customer_id, amount_minor, currency, outcome, score, reasons, rules_version,
                   transaction_at, case when outcome in ('STEP_UP', 'REVIEW') then 'OPEN' end
              from unnest(?::uuid[], ?::uuid[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::float8[], ?::jsonb[],
                          ?::text[], ?::timestamptz[])
                   as heard (order_id, decision_id, customer_id, amount_minor, currency, outcome, score, reasons,
                             rules_version, transaction_at)
             order by order_id
            on conflict (order_id) do update
               set decision_id = excluded.decision_id, customer_id = excluded.customer_id,
                   amount_minor = excluded.amount_minor, currency = excluded.currency, outcome = excluded.outcome,
                   score = excluded.score, reasons = excluded.reasons, rules_version = excluded.rules_version,
                   transaction_at = excluded.transaction_at,
                   case_status = case when excluded.case_status is not null then 'CLOSED' end
             where screening.decision_id is null
            """;

    /** A verdict was given while the case was open, so it stands even where the order's ending was heard of first. */
    private static final String RECORD_RULINGS = """
            update screening
               set case_status = heard.case_status, ruled_by = heard.ruled_by, ruled_at = heard.ruled_at,
                   order_ending = null
              from unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[])
                   as heard (order_id, case_status, ruled_by, ruled_at)
             where screening.order_id = heard.order_id and screening.case_status in ('OPEN', 'CLOSED')
            """;

    private static final String RECORD_ENDINGS = """
            insert into screening (order_id, order_ending)
            select order_id, how from unnest(?::uuid[], ?::text[]) as heard (order_id, how) order by order_id
            on conflict (order_id) do update
               set order_ending = excluded.order_ending,
                   case_status = case when screening.case_status = 'OPEN' then 'CLOSED' end
             where screening.order_ending is null
               and (screening.case_status = 'OPEN' or screening.decision_id is null)
            """;

    private static final String RULE = """
            update screening set case_status = ?, ruled_by = ?, ruled_at = ?, note = ? where order_id = ?
            """;

    private static final String PAGE = """
            select * from screening
             where case_status = ? and (transaction_at, order_id) > (?, ?)
             order by transaction_at, order_id
             limit ?
            """;

    /** An open case is decided or closed within days; the rest goes when it is old. */
    private static final String FORGET = """
            delete from screening
             where order_id in (select order_id from screening
                                 where recorded_at < ? and case_status is distinct from 'OPEN'
                                 limit ? for update skip locked)
            """;

    private final JdbcTemplate jdbc;
    private final JsonMapper json = JsonMapper.shared();

    Screenings(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What scoring decided about an order; empty while that has not been heard of. */
    public Optional<Decision> decision(UUID orderId) {
        return one("select * from screening where order_id = ? and decision_id is not null", this::decision, orderId);
    }

    /** The case of an order; empty where none was needed. */
    public Optional<FraudCase> fraudCase(UUID orderId) {
        return one("select * from screening where order_id = ? and case_status is not null", this::fraudCase, orderId);
    }

    /** Cases of one status, oldest transaction first. */
    public List<FraudCase> cases(CaseStatus status, Optional<CasePosition> after, int limit) {
        CasePosition from = after.orElse(CasePosition.FIRST);
        return jdbc.query(
                PAGE, (row, _) -> fraudCase(row), status.name(), time(from.transactionAt()), from.orderId(), limit);
    }

    /** The case of an order, locked until the transaction ends. */
    Optional<FraudCase> lockCase(UUID orderId) {
        return one(
                "select * from screening where order_id = ? and case_status is not null for update",
                this::fraudCase,
                orderId);
    }

    void rule(UUID orderId, Ruling ruling) {
        jdbc.update(
                RULE,
                status(ruling),
                ruling.by(),
                time(ruling.at()),
                ruling.note().orElse(null),
                orderId);
    }

    void recordDecisions(Collection<Decision> decisions) {
        jdbc.update(RECORD_DECISIONS, statement -> {
            SqlArrays.set(statement, 1, "uuid", decisions, each -> each.scored().orderId());
            SqlArrays.set(statement, 2, "uuid", decisions, Decision::id);
            SqlArrays.set(statement, 3, "text", decisions, each -> each.scored().customerId());
            SqlArrays.set(
                    statement,
                    4,
                    "int8",
                    decisions,
                    each -> each.scored().amount().minorUnits());
            SqlArrays.set(
                    statement,
                    5,
                    "text",
                    decisions,
                    each -> each.scored().amount().currency());
            SqlArrays.set(
                    statement,
                    6,
                    "text",
                    decisions,
                    each -> each.scored().outcome().name());
            SqlArrays.set(
                    statement, 7, "float8", decisions, each -> each.scored().score());
            SqlArrays.set(
                    statement,
                    8,
                    "text",
                    decisions,
                    each -> json.writeValueAsString(each.scored().reasons()));
            SqlArrays.set(statement, 9, "text", decisions, each -> each.scored().rulesVersion());
            SqlArrays.set(
                    statement,
                    10,
                    "timestamptz",
                    decisions,
                    each -> time(each.scored().transactionAt()));
        });
    }

    void recordRulings(Collection<CaseFact.Ruled> rulings) {
        jdbc.update(RECORD_RULINGS, statement -> {
            SqlArrays.set(statement, 1, "uuid", rulings, CaseFact.Ruled::orderId);
            SqlArrays.set(statement, 2, "text", rulings, each -> status(each.ruling()));
            SqlArrays.set(statement, 3, "text", rulings, each -> each.ruling().by());
            SqlArrays.set(
                    statement,
                    4,
                    "timestamptz",
                    rulings,
                    each -> time(each.ruling().at()));
        });
    }

    void recordEndings(Collection<CaseFact.Ended> endings) {
        jdbc.update(RECORD_ENDINGS, statement -> {
            SqlArrays.set(statement, 1, "uuid", endings, CaseFact.Ended::orderId);
            SqlArrays.set(statement, 2, "text", endings, CaseFact.Ended::how);
        });
    }

    /** Removes up to so many records from before a time, and returns how many those were. */
    int forget(Instant before, int most) {
        return jdbc.update(FORGET, time(before), most);
    }

    private <T> Optional<T> one(String sql, RowReader<T> reader, UUID orderId) {
        return jdbc.query(sql, (row, _) -> reader.read(row), orderId).stream().findFirst();
    }

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private Decision decision(ResultSet row) throws SQLException {
        return new Decision(
                row.getObject("decision_id", UUID.class),
                new TransactionScored(
                        row.getObject("order_id", UUID.class),
                        row.getString("customer_id"),
                        new Money(row.getLong("amount_minor"), row.getString("currency")),
                        FraudOutcome.valueOf(row.getString("outcome")),
                        row.getDouble("score"),
                        Arrays.asList(json.readValue(row.getString("reasons"), TransactionScored.Reason[].class)),
                        row.getString("rules_version"),
                        row.getObject("transaction_at", OffsetDateTime.class).toInstant()));
    }

    private FraudCase fraudCase(ResultSet row) throws SQLException {
        CaseStatus status = CaseStatus.valueOf(row.getString("case_status"));
        Optional<Verdict> verdict = switch (status) {
            case APPROVED -> Optional.of(Verdict.APPROVE);
            case DECLINED -> Optional.of(Verdict.DECLINE);
            case OPEN, CLOSED -> Optional.empty();
        };
        Optional<Ruling> ruling = verdict.isEmpty() ? Optional.empty() : Optional.of(ruling(verdict.get(), row));
        return new FraudCase(decision(row), status, ruling, Optional.ofNullable(row.getString("order_ending")));
    }

    private static Ruling ruling(Verdict verdict, ResultSet row) throws SQLException {
        return new Ruling(
                verdict,
                row.getString("ruled_by"),
                row.getObject("ruled_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString("note")));
    }

    private static String status(Ruling ruling) {
        return switch (ruling.verdict()) {
            case APPROVE -> CaseStatus.APPROVED.name();
            case DECLINE -> CaseStatus.DECLINED.name();
        };
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
