package io.millrace.streams;

import io.millrace.messaging.topics.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** One step between two topics: what it can't be done with is set aside. */
final class SampleTopology {

    private static final String READ = "read";
    private static final String STEP = "step";
    private static final String WRITE = "write";
    private static final String DEAD_LETTERS = "dead-letters";

    private SampleTopology() {}

    /**
     * @param pure makes a new value of a record's, or refuses
     * @param keep stands for a store
     * @param onDeadLetter called for what is set aside
     */
    static Topology of(Names names, UnaryOperator<String> pure, Consumer<String> keep, Runnable onDeadLetter) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                READ,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                names.from());
        topology.addProcessor(STEP, () -> new Step(pure, keep, onDeadLetter), READ);
        topology.addSink(WRITE, names.to(), new ByteArraySerializer(), new ByteArraySerializer(), STEP);
        topology.addSink(DEAD_LETTERS, names.deadLetters(), new ByteArraySerializer(), new ByteArraySerializer(), STEP);
        return topology;
    }

    /** Topics. */
    record Names(String from, String to, String deadLetters) {

        List<TopicSpec> specs() {
            return Stream.of(from, to, deadLetters)
                    .map(name -> new TopicSpec(name, 1, Map.of()))
                    .toList();
        }
    }

    private static final class Step implements Processor<byte[], byte[], byte[], byte[]> {

        private final UnaryOperator<String> pure;
        private final Consumer<String> keep;
        private final Runnable onDeadLetter;
        private ProcessorContext<byte[], byte[]> context;
        private PoisonGuard guard;

        @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
        Step(UnaryOperator<String> pure, Consumer<String> keep, Runnable onDeadLetter) {
            this.pure = pure;
            this.keep = keep;
            this.onDeadLetter = onDeadLetter;
        }

        @Override
        public void init(ProcessorContext<byte[], byte[]> processorContext) {
            context = processorContext;
            guard = new PoisonGuard(context, DEAD_LETTERS, onDeadLetter);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            guard.compute(record, () -> pure.apply(new String(record.value(), StandardCharsets.UTF_8)))
                    .ifPresent(value -> {
                        keep.accept(value);
                        context.forward(record.withValue(value.getBytes(StandardCharsets.UTF_8)), WRITE);
                    });
        }
    }
}
