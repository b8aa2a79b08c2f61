/**
 * What is known of a customer, what is odd about a transaction, and what is to happen with it: plain Java over records,
 * without Kafka, Spring, clock or input and output, so that live scoring and any later replay compute the same.
 */
@NullMarked
package io.millrace.fraud.scoring;

import org.jspecify.annotations.NullMarked;
