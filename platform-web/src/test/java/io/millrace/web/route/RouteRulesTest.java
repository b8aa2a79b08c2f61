package io.millrace.web.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

class RouteRulesTest {

    private final Route list = Route.get("/products").open();
    private final Route one = Route.get("/products/{sku}").open();
    private final Route put = Route.post("/products/{sku}").scopes("catalogue:write");
    private final Route export = Route.get("/products/export").authenticated();
    private final Route everything = Route.get("/products/**").scopes("all");
    private final RouteRules rules = RouteRules.of(list, one, put, export, everything);

    private RouteMatch find(HttpMethod method, String path) {
        return rules.find(method, PathContainer.parsePath(path));
    }

    @Test
    void findsALiteralPathBeforeAPatternThatComesFirst() {
        assertThat(find(GET, "/products/export")).isEqualTo(new RouteMatch.Found(export));
    }

    @Test
    void findsTheFirstPatternThatMatches() {
        assertThat(find(GET, "/products/tea")).isEqualTo(new RouteMatch.Found(one));
        assertThat(find(GET, "/products/tea/price")).isEqualTo(new RouteMatch.Found(everything));
    }

    @Test
    void takesHeadForGet() {
        assertThat(find(HEAD, "/products")).isEqualTo(new RouteMatch.Found(list));
    }

    @Test
    void namesTheOtherMethodsOfAKnownPath() {
        assertThat(find(DELETE, "/products/tea")).isEqualTo(new RouteMatch.OtherMethods(Set.of(GET, POST)));
        assertThat(find(POST, "/products/tea/price")).isEqualTo(new RouteMatch.OtherMethods(Set.of(GET)));
    }

    @Test
    void knowsNothingElse() {
        assertThat(find(GET, "/productsX")).isEqualTo(new RouteMatch.None());
        assertThat(find(GET, "/Products")).isEqualTo(new RouteMatch.None());
        assertThat(find(POST, "/product")).isEqualTo(new RouteMatch.None());
    }

    @Test
    void refusesARouteDeclaredTwice() {
        assertThatThrownBy(() -> RouteRules.of(list, list)).hasMessageContaining("GET /products");
    }

    @Test
    void refusesARouteThatNobodyMayCall() {
        assertThatThrownBy(() -> Route.get("/x").scopes()).hasMessageContaining("scopes");
    }
}
