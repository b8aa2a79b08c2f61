/** What every HTTP service of the platform shares: settings and their defaults. */
@NullMarked
package io.millrace.web;

import org.jspecify.annotations.NullMarked;
