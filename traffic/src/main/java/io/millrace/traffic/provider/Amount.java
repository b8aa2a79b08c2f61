package io.millrace.traffic.provider;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An amount of money.
 *
 * @param minorUnits in the currency's smallest unit; 0 checks a card without reserving anything
 * @param currency ISO 4217 code of three capital letters
 */
record Amount(
        @JsonProperty(required = true) long minorUnits,
        @JsonProperty(required = true) String currency) {}
