/** From topics into the database: every record once, a poll in one transaction. */
@NullMarked
package io.millrace.monitoring.ingest;

import org.jspecify.annotations.NullMarked;
