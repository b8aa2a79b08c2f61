@NullMarked
package io.millrace.local.seeding;

import org.jspecify.annotations.NullMarked;
