/** Stock over HTTP. */
@NullMarked
package io.millrace.inventory.stock.web;

import org.jspecify.annotations.NullMarked;
