/** Tests of serving. */
@NullMarked
package io.millrace.recommendation.serving;

import org.jspecify.annotations.NullMarked;
