/** Decisions and cases by HTTP. */
@NullMarked
package io.millrace.fraud.cases.web;

import org.jspecify.annotations.NullMarked;
