package io.millrace.traffic.shoppers;

/** So many units, at least one, of a product. */
record Line(Product product, int quantity) {}
