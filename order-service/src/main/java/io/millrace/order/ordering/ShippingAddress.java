package io.millrace.order.ordering;

import org.jspecify.annotations.Nullable;

/**
 * Where goods are sent. Personal data: kept in this service's database, never in a topic or a log.
 *
 * @param name who receives
 * @param street street and number
 * @param city town
 * @param postalCode postal code; null where a country has none
 * @param country ISO 3166 code of two letters
 */
public record ShippingAddress(
        String name, String street, String city, @Nullable String postalCode, String country) {}
