@NullMarked
package io.millrace.traffic.journal;

import org.jspecify.annotations.NullMarked;
