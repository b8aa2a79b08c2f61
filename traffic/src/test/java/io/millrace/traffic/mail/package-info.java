@NullMarked
package io.millrace.traffic.mail;

import org.jspecify.annotations.NullMarked;
