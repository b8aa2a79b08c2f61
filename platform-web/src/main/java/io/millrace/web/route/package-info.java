/** The table of a service's routes: who may call each, and how large a body may be. */
@NullMarked
package io.millrace.web.route;

import org.jspecify.annotations.NullMarked;
