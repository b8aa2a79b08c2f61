/** For services' tests, as this module's test-jar: an issuer of real tokens, and the check of every route's access. */
@NullMarked
package io.millrace.web.testing;

import org.jspecify.annotations.NullMarked;
