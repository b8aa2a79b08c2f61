/** Where records are kept: partitions by day, made ahead, dropped when their time or the space is over. */
@NullMarked
package io.millrace.monitoring.store;

import org.jspecify.annotations.NullMarked;
