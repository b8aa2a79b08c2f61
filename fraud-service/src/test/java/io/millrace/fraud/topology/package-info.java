/** Scoring as a topology. */
@NullMarked
package io.millrace.fraud.topology;

import org.jspecify.annotations.NullMarked;
