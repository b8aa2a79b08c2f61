package io.millrace.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The users there are, and what each may do. A user is an OAuth 2.0 client whose id is the user's name, and all but the
 * machine can log in by browser too.
 */
public enum DemoUser {

    /** Buys, and sees what was bought. */
    CUSTOMER("orders:read", "orders:write"),
    /** Another one, who sees nothing of the first. */
    CUSTOMER2("orders:read", "orders:write"),
    /** Runs the shop: every order, the catalogue, stock. */
    OPERATOR(
            "orders:read",
            "orders:read:any",
            "orders:write",
            "orders:write:any",
            "catalogue:write",
            "stock:feed",
            "ops:read",
            "ops:write"),
    /** Decides what fraud detection holds. */
    ANALYST("fraud:review", "ops:read"),
    /** May do everything. */
    ADMIN(),
    /** A shop's machine, which places orders for its customers and sees only those. */
    SHOP("orders:read", "orders:write:any", "orders:price");

    /** Separated by spaces: an enum's field is to be immutable to the eye too. */
    private final String own;

    DemoUser(String... scopes) {
        this.own = String.join(" ", scopes);
    }

    /** Name, client id and {@code sub}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this is somebody who logs in by browser. */
    boolean isPerson() {
        return this != SHOP;
    }

    /** What the user's tokens permit. */
    public Set<String> scopes() {
        return this == ADMIN
                ? Arrays.stream(values()).flatMap(DemoUser::ownScopes).collect(Collectors.toUnmodifiableSet())
                : ownScopes().collect(Collectors.toUnmodifiableSet());
    }

    private Stream<String> ownScopes() {
        return Arrays.stream(own.split(" ", -1)).filter(scope -> !scope.isEmpty());
    }
}
