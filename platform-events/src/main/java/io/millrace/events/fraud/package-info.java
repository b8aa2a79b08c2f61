/** Events owned by fraud-service: what was decided about a transaction, and why. */
@NullMarked
package io.millrace.events.fraud;

import org.jspecify.annotations.NullMarked;
