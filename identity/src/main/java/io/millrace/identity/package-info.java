/** An OpenID Connect issuer with demo users, for one machine and for demonstrations. */
@NullMarked
package io.millrace.identity;

import org.jspecify.annotations.NullMarked;
