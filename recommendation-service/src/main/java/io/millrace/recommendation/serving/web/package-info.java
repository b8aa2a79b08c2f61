/** Recommendations over HTTP. */
@NullMarked
package io.millrace.recommendation.serving.web;

import org.jspecify.annotations.NullMarked;
