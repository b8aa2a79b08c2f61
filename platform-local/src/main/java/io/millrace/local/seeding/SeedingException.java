package io.millrace.local.seeding;

/** Products or stock could not be seeded; the message says why. */
public final class SeedingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public SeedingException(String message) {
        super(message);
    }
}
