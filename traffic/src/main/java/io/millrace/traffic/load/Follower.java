package io.millrace.traffic.load;

import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;

/** Asks for accepted orders until they have ended. */
final class Follower {

    private static final int MOST_QUESTIONS = 64;
    private static final Duration NO_ROOM = Duration.ofMillis(10);

    private final Following how;
    private final HttpLoop http;
    private final Requests requests;
    private final Timers timers;
    private final Tally tally;
    private final IntFunction<String> tokens;
    private final LoadListener listener;
    private long accepted;
    private int following;
    private int questions;
    private boolean stopped;

    Follower(
            Following how,
            HttpLoop http,
            Requests requests,
            Timers timers,
            Tally tally,
            IntFunction<String> tokens,
            LoadListener listener) {
        this.how = how;
        this.http = http;
        this.requests = requests;
        this.timers = timers;
        this.tally = tally;
        this.tokens = tokens;
        this.listener = listener;
    }

    private record Followed(PlacedOrder order, String path, long patienceEnds) {}

    boolean isIdle() {
        return following == 0;
    }

    /** Looks at no order any more: those that have not ended are unfinished. */
    void stop() {
        stopped = true;
        tally.unfinished += following;
        following = 0;
    }

    void accepted(PlacedOrder order, HttpAnswer answer) {
        if (accepted++ % how.oneIn() != 0 || following >= how.most() || stopped) {
            return;
        }
        requests.pathOf(answer).ifPresent(path -> {
            long now = System.nanoTime();
            following++;
            tally.followed++;
            Followed followed = new Followed(order, path, now + how.patience().toNanos());
            timers.add(now + how.firstLook().toNanos(), () -> look(followed));
        });
    }

    private void look(Followed followed) {
        if (stopped) {
            return;
        }
        if (questions >= MOST_QUESTIONS) {
            again(followed, NO_ROOM);
            return;
        }
        questions++;
        byte[] request = requests.get(followed.path, tokens.apply(followed.order.customer()));
        http.send(request, new Exchange.Receiver() {
            @Override
            public void answered(HttpAnswer answer) {
                questions--;
                seen(followed, answer.status() == 200 ? how.reader().read(answer.body()) : Optional.empty());
            }

            @Override
            public void unanswered(boolean timedOut) {
                questions--;
                seen(followed, Optional.empty());
            }
        });
    }

    private void seen(Followed followed, Optional<OrderEnding> ending) {
        if (stopped) {
            return;
        }
        if (ending.isEmpty()) {
            again(followed, how.interval());
            return;
        }
        following--;
        Duration observed = Duration.ofNanos(System.nanoTime() - followed.order.intendedNanos());
        tally.ending(ending.get().status(), ending.get().took().orElse(observed));
        listener.ended(followed.order.index(), followed.order.key(), ending.get());
    }

    private void again(Followed followed, Duration wait) {
        long next = System.nanoTime() + wait.toNanos();
        if (next > followed.patienceEnds) {
            following--;
            tally.unfinished++;
        } else {
            timers.add(next, () -> look(followed));
        }
    }
}
