/** How far consumer groups are behind, and what lies in dead letters. */
@NullMarked
package io.millrace.monitoring.lag;

import org.jspecify.annotations.NullMarked;
