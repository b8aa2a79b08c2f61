/** Orders: placing them, deciding them from the answers of others, ending them by their deadline. */
@NullMarked
package io.millrace.order.ordering;

import org.jspecify.annotations.NullMarked;
