@NullMarked
package io.millrace.traffic.shoppers;

import org.jspecify.annotations.NullMarked;
