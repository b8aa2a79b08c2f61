/** The one list of every topic of the platform. */
@NullMarked
package io.millrace.events.catalogue;

import org.jspecify.annotations.NullMarked;
