/** What visitors do, and what recommendation-service makes of it. */
@NullMarked
package io.millrace.events.recommendation;

import org.jspecify.annotations.NullMarked;
