/** Reading and writing of JSON bodies: strict, bounded, and naming the field that is wrong. */
@NullMarked
package io.millrace.web.json;

import org.jspecify.annotations.NullMarked;
