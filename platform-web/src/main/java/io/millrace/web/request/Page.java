package io.millrace.web.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One part of a list.
 *
 * @param items at most as many as were asked for
 * @param next cursor of the part that follows; null at the end. Opaque to clients
 * @param <T> type of the items
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /**
     * A page of what was found.
     *
     * @param found up to one more than the limit: the one more tells that there is a next page
     * @param position what {@link PageRequest#after} gives back to go on behind an item
     */
    public static <T> Page<T> of(List<T> found, PageRequest request, Function<? super T, String> position) {
        if (found.size() <= request.limit()) {
            return new Page<>(List.copyOf(found), null);
        }
        List<T> items = List.copyOf(found.subList(0, request.limit()));
        byte[] last = position.apply(items.getLast()).getBytes(StandardCharsets.UTF_8);
        return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }
}
