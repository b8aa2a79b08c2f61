/** The beans that outbox and consumers share. */
@NullMarked
package io.millrace.messaging.wiring;

import org.jspecify.annotations.NullMarked;
