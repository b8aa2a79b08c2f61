/** What decisions and cases hear of. */
@NullMarked
package io.millrace.fraud.cases.messaging;

import org.jspecify.annotations.NullMarked;
