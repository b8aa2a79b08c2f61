package io.millrace.embedded;

import java.nio.file.Path;

/**
 * A Kafka broker, controller included (one KRaft node), in a JVM of its own.
 *
 * <p>It listens on 127.0.0.1 only and creates no topics by itself. It ends with this JVM, also when that is killed.
 * Acknowledged records survive {@link #kill} and {@link #restart}. Thread-safe.
 */
public final class KafkaServer implements AutoCloseable {

    private final KafkaSettings settings;
    private final ChildServer child;

    private KafkaServer(KafkaSettings settings) {
        this.settings = settings;
        this.child = new ChildServer(command(settings), settings.log(), this::end);
    }

    /**
     * Starts a broker and waits until it serves: a few seconds.
     *
     * @throws ServerStartException when it does not come up, with the end of its log
     */
    public static KafkaServer start(KafkaSettings settings) {
        KafkaServer server = new KafkaServer(settings.withFreePorts());
        try {
            server.child.start();
        } catch (ServerStartException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /**
     * How to run this broker, for a supervisor that owns the process.
     *
     * @throws IllegalArgumentException when a port is 0: see {@link KafkaSettings#withFreePorts}
     */
    public static ServerCommand command(KafkaSettings settings) {
        return KafkaNode.command(settings);
    }

    /** Where clients connect, such as {@code 127.0.0.1:9092}; stays the same over restarts. */
    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    /** Everything the broker writes to its console, over all its starts. */
    public Path log() {
        return settings.log();
    }

    /** Process id of the broker, or of the last one when it has ended. */
    public long pid() {
        return child.pid();
    }

    /** Whether the process exists; a paused one does. */
    public boolean isAlive() {
        return child.isAlive();
    }

    /** Ends it cleanly; kills it when that takes more than 20 s. Data are kept. */
    public void stop() {
        child.stop();
    }

    /** Ends it by SIGKILL, as a crash would. Data are kept. */
    public void kill() {
        child.kill();
    }

    /** Halts it by SIGSTOP: connections stay open and nothing answers. */
    public void pause() {
        child.pause();
    }

    /** Lets a paused broker go on. */
    public void resume() {
        child.resume();
    }

    /**
     * Stops it if it runs, starts it on the same port and data, and waits until it serves.
     *
     * @throws ServerStartException when it does not come up
     */
    public void restart() {
        child.stop();
        child.start();
    }

    /** Ends it for good; temporary data are deleted. */
    @Override
    public void close() {
        end();
        child.release();
    }

    private void end() {
        if (settings.temporary()) {
            child.kill(); // nobody will read the data: nothing to be clean about
            DataDirectories.delete(settings.directory());
        } else {
            child.stop();
        }
    }
}
