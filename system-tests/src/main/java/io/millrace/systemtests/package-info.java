/** The whole platform as a black box: what it promises, checked from outside under faults. */
@NullMarked
package io.millrace.systemtests;

import org.jspecify.annotations.NullMarked;
