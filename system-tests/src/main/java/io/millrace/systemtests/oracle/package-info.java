/** What must hold after every fault, read from databases, topics and the provider's ledger. */
@NullMarked
package io.millrace.systemtests.oracle;

import org.jspecify.annotations.NullMarked;
