/** The products and stock a fresh platform begins with. */
@NullMarked
package io.millrace.local.seeding;

import org.jspecify.annotations.NullMarked;
