/** Problem details (RFC 9457): the one shape in which a request is refused. */
@NullMarked
package io.millrace.web.problem;

import org.jspecify.annotations.NullMarked;
