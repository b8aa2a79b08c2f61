/**
 * An open-loop HTTP load driver that places orders and follows them to their end. Start it by
 * {@link io.millrace.traffic.load.LoadDriver}.
 */
@NullMarked
package io.millrace.traffic.load;

import org.jspecify.annotations.NullMarked;
