/** monitoring-service: what the platform does, in one place. */
@NullMarked
package io.millrace.monitoring;

import org.jspecify.annotations.NullMarked;
