package io.millrace.traffic.shoppers;

/** Where an order goes to; country is an ISO 3166 code of two letters. */
record Address(String street, String city, String postalCode, String country) {}
