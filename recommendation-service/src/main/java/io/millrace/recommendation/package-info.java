/** recommendation-service: clicks, sessions, and what they lead to. */
@NullMarked
package io.millrace.recommendation;

import org.jspecify.annotations.NullMarked;
