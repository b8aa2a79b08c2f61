/** Tests. */
@NullMarked
package io.millrace.monitoring.ingest;

import org.jspecify.annotations.NullMarked;
