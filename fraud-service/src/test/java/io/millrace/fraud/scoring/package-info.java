/** Scoring in plain Java. */
@NullMarked
package io.millrace.fraud.scoring;

import org.jspecify.annotations.NullMarked;
