/** Clicks over HTTP. */
@NullMarked
package io.millrace.recommendation.clickstream.web;

import org.jspecify.annotations.NullMarked;
