/** Tests of the service. */
@NullMarked
package io.millrace.fraud;

import org.jspecify.annotations.NullMarked;
