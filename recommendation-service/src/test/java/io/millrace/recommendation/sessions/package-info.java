/** Tests of sessions. */
@NullMarked
package io.millrace.recommendation.sessions;

import org.jspecify.annotations.NullMarked;
