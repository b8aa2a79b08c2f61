package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.systemtests.checks.SmokeCheck;
import org.junit.jupiter.api.Test;

/** The shortest of the checks, so that no change that breaks a journey passes. */
class SmokeIT {

    @Test
    void reachesEveryEndingOfAnOrder() throws Exception {
        GuaranteeCheck.Outcome outcome = new SmokeCheck()
                .run(CheckOptions.parse(new String[] {"smoke", "--seed", "1"}), new Progress(System.out));
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.measured()).isEqualTo(7);
    }
}
