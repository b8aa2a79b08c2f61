/** Tests of sessions.topology. */
@NullMarked
package io.millrace.recommendation.sessions.topology;

import org.jspecify.annotations.NullMarked;
