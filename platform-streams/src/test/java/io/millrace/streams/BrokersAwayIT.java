package io.millrace.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.embedded.KafkaServer;
import io.millrace.embedded.KafkaSettings;
import io.millrace.messaging.BrokerAnswers;
import io.millrace.streams.SampleTopology.Names;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** What a topology says of itself while the only broker is away, however it went. */
class BrokersAwayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Names NAMES = new Names("from", "to", "from.dlt");

    @TempDir
    private Path folder;

    @Test
    void isDownWhileNoBrokerAnswers() {
        try (KafkaServer broker = KafkaServer.start(KafkaSettings.throwAway())) {
            ManagedStreams streams = new ManagedStreams(
                    new StreamsApplication(
                            "sample",
                            "sample.away",
                            () -> SampleTopology.of(NAMES, value -> value, value -> {}, () -> {}),
                            NAMES.specs()),
                    Sample.of(null, folder),
                    List.of(broker.bootstrapServers()),
                    1,
                    new SimpleMeterRegistry(),
                    Clock.systemUTC());
            StreamsHealth health = new StreamsHealth(streams);
            streams.start();
            try {
                awaitStatus(health, Status.UP);
                // with nothing to do it is not taken for silent
                await().during(BrokerAnswers.SILENCE.plusSeconds(2))
                        .atMost(PATIENCE)
                        .until(() -> health.health().getStatus().equals(Status.UP));

                broker.pause();
                assertThat(awaitStatus(health, Status.DOWN).getDetails()).containsKey("brokersSilentSince");
                broker.resume();
                awaitStatus(health, Status.UP);

                broker.kill();
                assertThat(awaitStatus(health, Status.DOWN).getDetails()).containsKey("brokersSilentSince");
                broker.restart();
                awaitStatus(health, Status.UP);
            } finally {
                streams.stop();
            }
        }
    }

    private static Health awaitStatus(StreamsHealth health, Status status) {
        return await().atMost(PATIENCE)
                .until(health::health, each -> each.getStatus().equals(status));
    }
}
