/** Clicks onto their topic. */
@NullMarked
package io.millrace.recommendation.clickstream.messaging;

import org.jspecify.annotations.NullMarked;
