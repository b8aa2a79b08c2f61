package io.millrace.order.payment;

import java.util.List;

/** Hears what became of attempts. */
public interface PaymentListener {

    /**
     * Called within the transaction that records the outcomes, before it does so: orders are locked before attempts
     * everywhere. An outcome may be told again.
     */
    void on(List<PaymentOutcome> outcomes);
}
