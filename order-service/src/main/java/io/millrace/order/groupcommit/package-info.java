/** Gathering concurrent requests into one transaction. */
@NullMarked
package io.millrace.order.groupcommit;

import org.jspecify.annotations.NullMarked;
