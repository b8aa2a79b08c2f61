/** Tests of clickstream. */
@NullMarked
package io.millrace.recommendation.clickstream;

import org.jspecify.annotations.NullMarked;
