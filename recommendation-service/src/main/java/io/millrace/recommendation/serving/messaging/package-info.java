/** What the index is fed from. */
@NullMarked
package io.millrace.recommendation.serving.messaging;

import org.jspecify.annotations.NullMarked;
