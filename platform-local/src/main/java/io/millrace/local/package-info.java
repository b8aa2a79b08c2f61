/** The platform on one machine: everything it consists of, started, supervised and fronted. */
@NullMarked
package io.millrace.local;

import org.jspecify.annotations.NullMarked;
