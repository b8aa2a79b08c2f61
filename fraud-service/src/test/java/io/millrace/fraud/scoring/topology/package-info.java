/** Scoring as a topology. */
@NullMarked
package io.millrace.fraud.scoring.topology;

import org.jspecify.annotations.NullMarked;
