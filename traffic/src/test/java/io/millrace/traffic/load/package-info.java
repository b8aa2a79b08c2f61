@NullMarked
package io.millrace.traffic.load;

import org.jspecify.annotations.NullMarked;
