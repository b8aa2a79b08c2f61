package io.millrace.traffic.shoppers;

/** What a fraudster does. */
enum FraudKind {

    /** Tries stolen cards by many small orders from one device. */
    CARD_TESTING("card-testing"),

    /** Orders dear things by a regular customer's account, from another device and to another country. */
    ACCOUNT_TAKEOVER("account-takeover");

    private final String label;

    FraudKind(String label) {
        this.label = label;
    }

    /** As it is written into the ground truth. */
    String label() {
        return label;
    }
}
