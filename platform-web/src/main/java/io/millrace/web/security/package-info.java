/** OAuth 2.0 resource server: bearer tokens in, callers out. */
@NullMarked
package io.millrace.web.security;

import org.jspecify.annotations.NullMarked;
