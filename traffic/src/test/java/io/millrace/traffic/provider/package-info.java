@NullMarked
package io.millrace.traffic.provider;

import org.jspecify.annotations.NullMarked;
