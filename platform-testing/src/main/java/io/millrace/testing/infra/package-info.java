/**
 * Real broker and real PostgreSQL for integration tests: child processes by default, containers with
 * {@code -Dinfra=docker}; the tests can't tell.
 */
@NullMarked
package io.millrace.testing.infra;

import org.jspecify.annotations.NullMarked;
