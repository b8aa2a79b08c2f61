/** The one address everything is reached at: a small reverse proxy that knows which instances are ready. */
@NullMarked
package io.millrace.local.frontdoor;

import org.jspecify.annotations.NullMarked;
