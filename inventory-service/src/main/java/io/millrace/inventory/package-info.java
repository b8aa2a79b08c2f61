/** What the shop sells, how much of it lies where, and what is promised to which order. */
@NullMarked
package io.millrace.inventory;

import org.jspecify.annotations.NullMarked;
