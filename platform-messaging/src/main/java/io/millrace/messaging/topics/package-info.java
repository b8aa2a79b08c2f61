/** Creating the topics a service reads and writes. */
@NullMarked
package io.millrace.messaging.topics;

import org.jspecify.annotations.NullMarked;
