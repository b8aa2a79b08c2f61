package io.millrace.traffic.mail;

import java.util.Locale;

/** How a recipient's server behaves: told by the beginning of the address, so that a test can choose. */
enum RecipientBehaviour {

    /** Takes every mail. */
    TAKES,
    /** {@code bounce...}: there is nobody of this name, 550. */
    BOUNCES,
    /** {@code greylist...}: not the first time, 451. */
    GREYLISTS,
    /** {@code slow...}: takes it after a while. */
    SLOW;

    static RecipientBehaviour of(String recipient) {
        String name = recipient.toLowerCase(Locale.ROOT);
        if (name.startsWith("bounce")) {
            return BOUNCES;
        }
        if (name.startsWith("greylist")) {
            return GREYLISTS;
        }
        return name.startsWith("slow") ? SLOW : TAKES;
    }
}
