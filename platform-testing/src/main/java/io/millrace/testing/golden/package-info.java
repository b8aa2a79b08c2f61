/** What is committed and must not change by accident: golden files, and JSON Schemas generated from records. */
@NullMarked
package io.millrace.testing.golden;

import org.jspecify.annotations.NullMarked;
