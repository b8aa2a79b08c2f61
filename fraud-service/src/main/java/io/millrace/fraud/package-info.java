/** fraud-service: transactions scored, and the cases that people decide. */
@NullMarked
package io.millrace.fraud;

import org.jspecify.annotations.NullMarked;
