/** Tests of the service. */
@NullMarked
package io.millrace.fraud.cases;

import org.jspecify.annotations.NullMarked;
