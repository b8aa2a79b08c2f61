/** What products cost: this service's own copy of the catalogue. */
@NullMarked
package io.millrace.order.catalogue;

import org.jspecify.annotations.NullMarked;
