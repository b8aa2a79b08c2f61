/** Tests of limit. */
@NullMarked
package io.millrace.recommendation.limit;

import org.jspecify.annotations.NullMarked;
