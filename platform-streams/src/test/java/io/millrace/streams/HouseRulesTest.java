package io.millrace.streams;

import io.millrace.testing.rules.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void keepsTheHouseRules() {
        HouseRules.check("io.millrace.streams");
    }
}
