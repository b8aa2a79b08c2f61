/** The catalogue over HTTP. */
@NullMarked
package io.millrace.inventory.catalogue.web;

import org.jspecify.annotations.NullMarked;
