package io.millrace.local.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InstancesTest {

    private final Instances instances = new Instances();

    @Test
    void haveNoneForAnUnknownService() {
        assertThat(instances.next("orders", Set.of())).isEmpty();
        instances.ready("orders", true);
        assertThat(instances.next("orders", Set.of())).isEmpty();
    }

    @Test
    void areNotReadyUntilThatIsSaid() {
        instances.add("orders", "orders", 1);
        assertThat(instances.next("orders", Set.of())).isEmpty();
        instances.ready("orders", true);
        assertThat(instances.next("orders", Set.of())).map(Instance::port).hasValue(1);
        instances.ready("orders", false);
        assertThat(instances.next("orders", Set.of())).isEmpty();
    }

    @Test
    void takeTurns() {
        addReady("one", 1);
        addReady("two", 2);
        addReady("three", 3);
        assertThat(IntStream.range(0, 300)
                        .map(_ -> next().port())
                        .boxed()
                        .collect(Collectors.groupingBy(port -> port, Collectors.counting())))
                .containsOnlyKeys(1, 2, 3)
                .allSatisfy((_, count) -> assertThat(count).isEqualTo(100));
    }

    @Test
    void shareWhatOneThatIsNotReadyDoesNotTake() {
        addReady("one", 1);
        addReady("two", 2);
        addReady("three", 3);
        instances.ready("two", false);
        assertThat(IntStream.range(0, 300)
                        .map(_ -> next().port())
                        .boxed()
                        .collect(Collectors.groupingBy(port -> port, Collectors.counting())))
                .containsOnlyKeys(1, 3)
                .allSatisfy((_, count) -> assertThat(count).isEqualTo(150));
    }

    @Test
    void leaveOutWhatIsNotReadyAndWhatHasBeenTried() {
        addReady("one", 1);
        addReady("two", 2);
        addReady("three", 3);
        instances.ready("two", false);
        Instance first = next();
        assertThat(instances.next("orders", Set.of(first)))
                .map(Instance::port)
                .hasValueSatisfying(port -> assertThat(port).isNotEqualTo(2).isNotEqualTo(first.port()));
    }

    @Test
    void restOneThatRefusedAConnectionForAWhile() {
        addReady("one", 1);
        next().suspect();
        assertThat(instances.next("orders", Set.of())).isEmpty();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> instances.next("orders", Set.of()).isPresent());
    }

    @Test
    void keepServicesApart() {
        addReady("one", 1);
        instances.add("stock", "stock", 2);
        instances.ready("stock", true);
        assertThat(instances.next("stock", Set.of())).map(Instance::port).hasValue(2);
        assertThat(next().port()).isEqualTo(1);
    }

    private void addReady(String name, int port) {
        instances.add("orders", name, port);
        instances.ready(name, true);
    }

    private Instance next() {
        return instances.next("orders", Set.of()).orElseThrow();
    }
}
