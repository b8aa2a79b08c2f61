/**
 * Demo traffic: visitors who look around, follow recommendations and order, some fraudsters among them, and the suppliers
 * who keep the shelves filled. All of it by the front door's public API.
 */
@NullMarked
package io.millrace.traffic.shoppers;

import org.jspecify.annotations.NullMarked;
