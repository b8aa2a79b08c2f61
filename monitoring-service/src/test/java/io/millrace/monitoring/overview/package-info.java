/** Tests of the summary. */
@NullMarked
package io.millrace.monitoring.overview;

import org.jspecify.annotations.NullMarked;
