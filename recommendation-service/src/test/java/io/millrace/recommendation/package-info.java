/** Tests of the service. */
@NullMarked
package io.millrace.recommendation;

import org.jspecify.annotations.NullMarked;
