/** Getting events out: written with the state they tell of, published by a relay that holds a lease. */
@NullMarked
package io.millrace.messaging.outbox;

import org.jspecify.annotations.NullMarked;
