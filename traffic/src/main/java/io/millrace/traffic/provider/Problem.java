package io.millrace.traffic.provider;

/**
 * Why a request was not carried out (RFC 9457).
 *
 * @param type {@code urn:millrace:problem:} and the code
 * @param code stable name of the reason
 * @param status HTTP status
 * @param detail for a person to read
 */
record Problem(String type, String code, int status, String detail) {

    private static Problem of(int status, String code, String detail) {
        return new Problem("urn:millrace:problem:" + code, code, status, detail);
    }

    static Problem badRequest(String detail) {
        return of(400, "malformed-request", detail);
    }

    static Problem notFound() {
        return of(404, "payment-not-found", "no payment was seen with this reference");
    }

    static Problem noSuchPath() {
        return of(404, "no-such-path", "there is nothing at this path");
    }

    static Problem methodNotAllowed() {
        return of(405, "method-not-allowed", "this path does not take this method");
    }

    static Problem tooLarge(int most) {
        return of(413, "body-too-large", "a body has at most " + most + " bytes");
    }

    static Problem keyReused() {
        return of(422, "idempotency-key-reused", "this key came with another body before");
    }

    static Problem referenceDiffersFromKey() {
        return of(422, "reference-differs-from-key", "reference and Idempotency-Key must be the same");
    }

    static Problem unavailable(String detail) {
        return of(503, "unavailable", detail);
    }

    static Problem unexpected() {
        return of(500, "unexpected", "something unforeseen went wrong; the log tells");
    }
}
