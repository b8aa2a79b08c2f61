/**
 * What every Kafka Streams topology of a service needs around it: settings, a life within the application, what follows when
 * a thread dies, and where records go that can't be worked with. The topology itself is the service's.
 */
@NullMarked
package io.millrace.streams;

import org.jspecify.annotations.NullMarked;
