/** The outside world's stand-ins, in a process apart from the services. */
@NullMarked
package io.millrace.local.outside;

import org.jspecify.annotations.NullMarked;
