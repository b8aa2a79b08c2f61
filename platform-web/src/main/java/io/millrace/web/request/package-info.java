/** What requests carry beside their body: idempotency keys, expected versions, pages. */
@NullMarked
package io.millrace.web.request;

import org.jspecify.annotations.NullMarked;
