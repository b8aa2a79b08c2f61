/** Tests. */
@NullMarked
package io.millrace.monitoring.store;

import org.jspecify.annotations.NullMarked;
