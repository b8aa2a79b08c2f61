/** Publishing current state again, hourly, for readers that have lost it. */
@NullMarked
package io.millrace.inventory.republication;

import org.jspecify.annotations.NullMarked;
