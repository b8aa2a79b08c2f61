package io.millrace.recommendation.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AddressLimitTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // the clock may wrap
    private final AddressLimit limit = new AddressLimit(10, 3, 100, nanos::get);

    @Test
    void grantsABurstAndThenItsPace() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("192.0.2.1")).isEmpty();
        }

        assertThat(limit.take("192.0.2.1")).contains(Duration.ofMillis(100));
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        assertThat(limit.take("192.0.2.1")).isEmpty();
        assertThat(limit.take("192.0.2.1")).isPresent();
    }

    @Test
    void savesNoMoreThanABurst() {
        exhaust("192.0.2.1");
        nanos.addAndGet(Duration.ofDays(1).toNanos());

        exhaust("192.0.2.1");
    }

    @Test
    void countsEachAddressForItself() {
        exhaust("192.0.2.1");

        assertThat(limit.take("192.0.2.2")).isEmpty();
        assertThat(limit.take("no address")).isEmpty();
    }

    @Test
    void takesAnIpv6HouseholdForOne() {
        exhaust("2001:db8:1:2::1");

        assertThat(limit.take("2001:db8:1:2:ffff::9")).isPresent();
        assertThat(limit.take("2001:db8:1:3::1")).isEmpty();
        assertThat(limit.take("not:an:address")).isEmpty();
    }

    @Test
    void takesAllOfABatchOrNothing() {
        assertThat(limit.take("192.0.2.1", 2)).isEmpty();

        assertThat(limit.take("192.0.2.1", 3)).contains(Duration.ofMillis(200));
        assertThat(limit.take("192.0.2.1", 1)).isEmpty();
    }

    private void exhaust(String address) {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take(address)).isEmpty();
        }
        assertThat(limit.take(address)).isPresent();
    }
}
