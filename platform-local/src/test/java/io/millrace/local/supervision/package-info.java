@NullMarked
package io.millrace.local.supervision;

import org.jspecify.annotations.NullMarked;
