/** The limits in front of the service's routes. */
@NullMarked
package io.millrace.recommendation.limit.web;

import org.jspecify.annotations.NullMarked;
