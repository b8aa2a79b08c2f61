/** The outside world of the shop: its payment provider, and customers in numbers. */
@NullMarked
package io.millrace.traffic;

import org.jspecify.annotations.NullMarked;
