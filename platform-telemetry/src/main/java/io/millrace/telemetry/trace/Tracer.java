package io.millrace.telemetry.trace;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Begins spans and knows the trace of every order.
 *
 * <p>The trace of an order bears the order's id: the 16 bytes of the UUID are the trace id. So no step loses the trace,
 * neither a payment hours later nor an event whose cause is a clock, and whether a trace is sampled is decided by everyone
 * alike without asking. A client that brings a trace of its own is followed instead, as far as context reaches, and beyond
 * that as long as the service remembers it: the newest {@value #REMEMBERED} orders. Whether it is recorded is decided here
 * all the same, where the request arrives: what a client says of it would let anybody have everything recorded.
 *
 * <p>Contexts are passed on whether or not spans are recorded. Thread-safe.
 */
public final class Tracer {

    static final int REMEMBERED = 10_000;
    private static final int UUID_LENGTH = 36;

    private final int oneIn;
    private final @Nullable Consumer<io.opentelemetry.proto.trace.v1.Span> sink;
    private final InstantSource clock;
    private final Map<String, TraceContext> foreign = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TraceContext> eldest) {
            return size() > REMEMBERED;
        }
    };
    private volatile boolean anyForeign;

    /**
     * @param oneIn one trace of so many that begin or arrive here is recorded; 0 for none
     * @param sink takes spans that have ended and must not block; null where none are recorded
     */
    public Tracer(int oneIn, @Nullable Consumer<io.opentelemetry.proto.trace.v1.Span> sink, InstantSource clock) {
        this.oneIn = oneIn;
        this.sink = sink;
        this.clock = clock;
    }

    /** One that passes contexts on and records nothing. */
    public static Tracer off() {
        return new Tracer(0, null, InstantSource.system());
    }

    /**
     * Begins the span of a request that arrives, below the client's span where it brought one. Of the client's trace counts
     * the id and not the flag, and chance rather than the id says whether it is recorded: ids can be chosen, too.
     */
    public Span server(String name, @Nullable String traceparent) {
        Optional<TraceContext> client = TraceContext.parse(traceparent);
        TraceContext context = client.map(parent -> parent.at(randomId()).sampled(isSampled(mix(randomId()))))
                .orElseGet(this::fresh);
        return new Span(
                this,
                name,
                SpanKind.SPAN_KIND_SERVER,
                context,
                client.map(TraceContext::spanId).orElse(0L));
    }

    /** Begins the span of a request that is sent; without a parent one that is never recorded. */
    public Span client(@Nullable TraceContext parent, String name) {
        return below(parent, name, SpanKind.SPAN_KIND_CLIENT);
    }

    /** Begins the span of an event that is published. */
    public Span publish(TraceContext cause, String topic) {
        return below(cause, "publish " + topic, SpanKind.SPAN_KIND_PRODUCER)
                .attribute("messaging.system", "kafka")
                .attribute("messaging.operation.type", "send")
                .attribute("messaging.destination.name", topic);
    }

    /** Begins the span of an event that is consumed. */
    public Span consume(TraceContext cause, String topic) {
        return below(cause, "consume " + topic, SpanKind.SPAN_KIND_CONSUMER)
                .attribute("messaging.system", "kafka")
                .attribute("messaging.operation.type", "process")
                .attribute("messaging.destination.name", topic);
    }

    private Span below(@Nullable TraceContext parent, String name, SpanKind kind) {
        TraceContext known = parent == null ? fresh().sampled(false) : parent;
        return new Span(this, name, kind, known.at(randomId()), known.spanId());
    }

    /**
     * The context of what happens to an order.
     *
     * @param correlationId the order's id; anything else that may tie a process together has no trace of its own
     */
    public Optional<TraceContext> of(String correlationId) {
        if (anyForeign) {
            synchronized (foreign) {
                TraceContext remembered = foreign.get(correlationId);
                if (remembered != null) {
                    return Optional.of(remembered);
                }
            }
        }
        return uuid(correlationId).map(this::of);
    }

    /** Whether what ties a process together is an order: others are tied by what is no UUID, such as a product's number. */
    public static boolean isOrder(String correlationId) {
        return uuid(correlationId).isPresent();
    }

    /** The context an order's trace begins with: its root span has an id that follows from the order's. */
    public TraceContext of(UUID orderId) {
        long high = orderId.getMostSignificantBits();
        long low = orderId.getLeastSignificantBits();
        long mixed = mix(high ^ mix(low));
        long root = mix(mixed);
        return new TraceContext(high, (high | low) == 0 ? 1 : low, root == 0 ? 1 : root, isSampled(mixed));
    }

    /** Remembers which trace an order is in, where that is not its own. */
    public void follow(String correlationId, TraceContext context) {
        if (uuid(correlationId).map(id -> !of(id).isOfTrace(context)).orElse(false)) {
            synchronized (foreign) {
                foreign.putIfAbsent(correlationId, context);
                anyForeign = true;
            }
        }
    }

    void ended(io.opentelemetry.proto.trace.v1.Span span) {
        if (sink != null) {
            sink.accept(span);
        }
    }

    boolean records(TraceContext context) {
        return sink != null && context.sampled();
    }

    InstantSource clock() {
        return clock;
    }

    private TraceContext fresh() {
        long low = randomId();
        return new TraceContext(randomId(), low, randomId(), isSampled(mix(low)));
    }

    private boolean isSampled(long mixed) {
        return oneIn > 0 && Long.remainderUnsigned(mixed, oneIn) == 0;
    }

    private static Optional<UUID> uuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long randomId() {
        long id = ThreadLocalRandom.current().nextLong();
        return id == 0 ? 1 : id;
    }

    /** Spreads what ids share, such as their time, over all bits (the finaliser of MurmurHash3). */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
