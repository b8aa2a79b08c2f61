package io.millrace.traffic.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One run of the driver, on one thread. */
final class LoadRun {

    private static final int HTTP_PORT = 80;

    private final LoadPlan plan;
    private final OrderFactory orders;
    private final IntFunction<String> tokens;
    private final LoadListener listener;
    private final HttpLoop http;
    private final Requests requests;
    private final Timers timers = new Timers();
    private final Tally tally = new Tally();
    private final Optional<Follower> follower;
    private final long start = System.nanoTime();
    private long offeringEnds;
    private long retryingEnds;
    private long nextIndex;
    private int inFlight;

    LoadRun(LoadPlan plan, OrderFactory orders, IntFunction<String> tokens, LoadListener listener) throws IOException {
        this.plan = plan;
        this.orders = orders;
        this.tokens = tokens;
        this.listener = listener;
        int port = plan.target().getPort() < 0 ? HTTP_PORT : plan.target().getPort();
        this.http = new HttpLoop(
                new InetSocketAddress(plan.target().getHost(), port),
                plan.answerTimeout().toNanos());
        this.requests = new Requests(plan.target());
        this.follower = plan.following().map(how -> new Follower(how, http, requests, timers, tally, tokens, listener));
        this.offeringEnds = start + plan.duration().toNanos();
        this.retryingEnds = offeringEnds + plan.answerTimeout().toNanos();
    }

    /** Runs to the end; an interrupt ends the offering, the retries and the following, and is left set. */
    LoadResult run() throws IOException {
        boolean interrupted = false;
        try (http) {
            while (true) {
                long now = System.nanoTime();
                if (Thread.interrupted()) {
                    interrupted = true;
                    offeringEnds = Math.min(offeringEnds, now);
                    retryingEnds = offeringEnds;
                    follower.ifPresent(Follower::stop);
                }
                long nextOffer = offer(now);
                timers.runDue(now);
                http.expire(now);
                if (nextOffer == Long.MAX_VALUE
                        && inFlight == 0
                        && follower.map(Follower::isIdle).orElse(true)) {
                    return tally.result();
                }
                long next = Math.min(timers.nextDue(nextOffer), http.nextDeadline(now));
                http.poll(next - System.nanoTime());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Sends the orders that are due and tells when the next one is; {@link Long#MAX_VALUE} when there will be none. */
    private long offer(long now) {
        return switch (plan.pace()) {
            case Pace.OpenLoop(double perSecond) -> offerDue(now, perSecond);
            case Pace.ClosedLoop(int concurrent) -> offerFreed(now, Math.min(concurrent, plan.maxInFlight()));
        };
    }

    private long offerDue(long now, double perSecond) {
        while (true) {
            long due = start + (long) (nextIndex * 1e9 / perSecond);
            if (due >= offeringEnds) {
                return Long.MAX_VALUE;
            }
            if (due > now) {
                return due;
            }
            tally.offered++;
            if (inFlight < plan.maxInFlight()) {
                place(due);
            } else {
                tally.notSent++;
            }
            nextIndex++;
        }
    }

    private long offerFreed(long now, int concurrent) {
        // Counted beforehand: a shop that refuses connections frees a place at once, and would never let this end.
        for (int free = concurrent - inFlight; free > 0 && now < offeringEnds; free--) {
            tally.offered++;
            place(now);
            nextIndex++;
        }
        return now < offeringEnds ? offeringEnds : Long.MAX_VALUE;
    }

    private void place(long due) {
        inFlight++;
        send(new PlacedOrder(nextIndex, plan.key(nextIndex), (int) (nextIndex % plan.customers()), due, 0));
    }

    private void send(PlacedOrder order) {
        byte[] request =
                requests.post(order.key(), tokens.apply(order.customer()), orders.body(order.index(), order.key()));
        http.send(request, new Exchange.Receiver() {
            @Override
            public void answered(HttpAnswer answer) {
                tally.answer(answer.status());
                boolean busy = answer.status() == 503 || answer.status() == 429 || isOutcomeUnknown(answer.status());
                if (!busy || !isSentAgain(order, retryAfter(answer.retryAfter()))) {
                    finish(order, Optional.of(answer), false);
                }
            }

            @Override
            public void unanswered(boolean timedOut) {
                if (!isSentAgain(order, Duration.ZERO)) {
                    finish(order, Optional.empty(), timedOut);
                }
            }
        });
    }

    /** What a front door says when the connection behind it broke or nothing came: the order may or may not be there. */
    private static boolean isOutcomeUnknown(int status) {
        return status == 502 || status == 504;
    }

    private boolean isSentAgain(PlacedOrder order, Duration asked) {
        Duration backoff = plan.retries().backoff();
        long next = System.nanoTime() + (asked.compareTo(backoff) > 0 ? asked : backoff).toNanos();
        if (order.tries() >= plan.retries().most() || next >= retryingEnds) {
            return false;
        }
        timers.add(next, () -> send(order.again()));
        return true;
    }

    private void finish(PlacedOrder order, Optional<HttpAnswer> answer, boolean timedOut) {
        inFlight--;
        Duration latency = Duration.ofNanos(System.nanoTime() - order.intendedNanos());
        answer.ifPresentOrElse(found -> tally.finalAnswer(found.status(), latency), () -> tally.noAnswer(!timedOut));
        listener.answered(new LoadListener.Answer(
                order.index(),
                order.key(),
                order.customer(),
                answer.map(HttpAnswer::status),
                answer.map(HttpAnswer::location),
                answer.map(HttpAnswer::body).orElseGet(() -> new byte[0]),
                latency));
        answer.filter(found -> found.status() / 100 == 2)
                .ifPresent(found -> follower.ifPresent(following -> following.accepted(order, found)));
    }

    /** Seconds only: a date is not sent by the shop, and is taken for nothing. */
    private static Duration retryAfter(@Nullable String header) {
        return header != null && header.matches("\\d{1,5}")
                ? Duration.ofSeconds(Integer.parseInt(header))
                : Duration.ZERO;
    }
}
