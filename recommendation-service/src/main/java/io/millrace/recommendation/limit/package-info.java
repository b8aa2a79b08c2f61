/** How much one address may ask. */
@NullMarked
package io.millrace.recommendation.limit;

import org.jspecify.annotations.NullMarked;
