/** The orders' REST API. */
@NullMarked
package io.millrace.order.ordering.web;

import org.jspecify.annotations.NullMarked;
