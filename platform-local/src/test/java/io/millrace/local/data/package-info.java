@NullMarked
package io.millrace.local.data;

import org.jspecify.annotations.NullMarked;
