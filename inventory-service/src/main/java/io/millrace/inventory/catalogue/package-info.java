/** The catalogue: which products can be bought, and at what price. */
@NullMarked
package io.millrace.inventory.catalogue;

import org.jspecify.annotations.NullMarked;
