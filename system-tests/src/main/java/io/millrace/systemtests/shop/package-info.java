/** The shop as its customers and operators use it: by HTTP. */
@NullMarked
package io.millrace.systemtests.shop;

import org.jspecify.annotations.NullMarked;
