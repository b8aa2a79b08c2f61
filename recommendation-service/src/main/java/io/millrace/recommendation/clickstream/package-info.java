/** Clicks as the shop reports them: which are taken, and that what is taken is kept. */
@NullMarked
package io.millrace.recommendation.clickstream;

import org.jspecify.annotations.NullMarked;
