package io.millrace.local.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    @ParameterizedTest
    @CsvSource({
        "/api, everything",
        "/api/, everything",
        "/api/other, everything",
        "/api/ordersheet, everything",
        "/api/orders, orders",
        "/api/orders/, orders",
        "/api/orders/7/items, orders",
        "/api/orders/export, reports",
        "/api/orders/export/today, reports"
    })
    void letsTheLongestPathWin(String path, String service) {
        Routes routes = routes("/api", "everything", "/api/orders/export", "reports", "/api/orders", " orders ");
        assertThat(routes.service(path)).hasValue(service);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/apis", "/ap", "", "api", "/API", "/other/api"})
    void answersNothingBesidesItsPaths(String path) {
        assertThat(routes("/api", "everything").service(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "/api/", "//", ""})
    void refusesPathsOfAnotherForm(String path) {
        assertThatThrownBy(() -> routes(path, "everything"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must begin with a slash and not end with one");
    }

    @ParameterizedTest
    @CsvSource({"/, rest", "/index.html, rest", "/apis, rest", "/api, everything", "/api/orders, everything"})
    void leavesToTheRootWhatNoOtherPathCovers(String path, String service) {
        assertThat(routes("/", "rest", "/api", "everything").service(path)).hasValue(service);
    }

    @Test
    void leadsFromTheCommittedPathsToTheirServices() {
        Routes routes = Routes.standard();
        assertThat(routes.service("/api/orders/0198")).hasValue("order-service");
        assertThat(routes.service("/api/products/TEA")).hasValue("inventory-service");
        assertThat(routes.service("/api/fraud/cases")).hasValue("fraud-service");
        assertThat(routes.service("/identity/oauth2/token")).hasValue("identity");
        assertThat(routes.service("/api/clickstream")).hasValue("recommendation-service");
        assertThat(routes.service("/api/ops/live")).hasValue("monitoring-service");
        assertThat(routes.service("/mail/messages")).hasValue("mail");
        assertThat(routes.service("/")).hasValue("monitoring-service");
    }

    private static Routes routes(String... pathsAndServices) {
        Properties properties = new Properties();
        for (int i = 0; i < pathsAndServices.length; i += 2) {
            properties.setProperty(pathsAndServices[i], pathsAndServices[i + 1]);
        }
        return Routes.of(properties);
    }
}
