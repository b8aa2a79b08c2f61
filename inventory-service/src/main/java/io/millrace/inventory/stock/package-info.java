/** Stock: what lies at each location, what comes in, and what can be sold of it. */
@NullMarked
package io.millrace.inventory.stock;

import org.jspecify.annotations.NullMarked;
