/** Decisions on record, and the cases that an analyst decides. */
@NullMarked
package io.millrace.fraud.cases;

import org.jspecify.annotations.NullMarked;
