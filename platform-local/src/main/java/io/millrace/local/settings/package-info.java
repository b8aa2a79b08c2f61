/** What can be set, and where it is set. */
@NullMarked
package io.millrace.local.settings;

import org.jspecify.annotations.NullMarked;
