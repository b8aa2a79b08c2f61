/** What every event has in common: its envelope, its stable name, and the topic it belongs to. */
@NullMarked
package io.millrace.events;

import org.jspecify.annotations.NullMarked;
