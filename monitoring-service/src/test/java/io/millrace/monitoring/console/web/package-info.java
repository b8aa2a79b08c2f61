/** Tests of the console, with a stand-in for the API it shows. */
@NullMarked
package io.millrace.monitoring.console.web;

import org.jspecify.annotations.NullMarked;
