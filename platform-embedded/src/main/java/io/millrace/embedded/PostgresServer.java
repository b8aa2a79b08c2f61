package io.millrace.embedded;

import java.nio.file.Path;

/**
 * A PostgreSQL server as a child process.
 *
 * <p>It listens on 127.0.0.1 only, asks every client for its password (SCRAM), stores UTF-8 and sorts by bytes (locale
 * C). It ends with this JVM, also when that is killed. Commits of a durable server survive {@link #kill} and
 * {@link #restart}. Thread-safe.
 */
public final class PostgresServer implements AutoCloseable {

    private final PostgresSettings settings;
    private final ChildServer child;

    private PostgresServer(PostgresSettings settings) {
        this.settings = settings;
        this.child = new ChildServer(command(settings), settings.log(), this::end);
    }

    /**
     * Starts a server and waits until it answers: about two seconds with empty data, else less than one. A server that
     * a killed JVM left behind on the same data is stopped first.
     *
     * @throws ServerStartException when it does not come up, with the end of its log, or when another living JVM runs
     *     one on the same data
     */
    public static PostgresServer start(PostgresSettings settings) {
        PostgresServer server = new PostgresServer(settings.withFreePorts());
        try {
            server.child.start();
        } catch (ServerStartException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /**
     * How to run this server, for a supervisor that owns the process.
     *
     * @throws IllegalArgumentException when the port is 0: see {@link PostgresSettings#withFreePorts}
     */
    public static ServerCommand command(PostgresSettings settings) {
        return PostgresCluster.command(settings);
    }

    /**
     * The superuser's access to a server that has been prepared or started on these settings.
     *
     * @throws IllegalStateException when the server's data were never initialised
     */
    public static PostgresAccess access(PostgresSettings settings) {
        return PostgresCluster.access(settings);
    }

    /** The superuser's access. */
    public PostgresAccess access() {
        return access(settings);
    }

    /** TCP port; stays the same over restarts. */
    public int port() {
        return settings.port();
    }

    /** URL of one of the server's databases. */
    public String jdbcUrl(String database) {
        return access().jdbcUrl(database);
    }

    /** See {@link PostgresAccess#createDatabase}. */
    public DatabaseAccess createDatabase(String name, String role, String password) {
        return access().createDatabase(name, role, password);
    }

    /** Everything the server logs, over all its starts. */
    public Path log() {
        return settings.log();
    }

    /** Process id of the postmaster, or of the last one when it has ended. */
    public long pid() {
        return child.pid();
    }

    /** Whether the postmaster exists; a paused one does. */
    public boolean isAlive() {
        return child.isAlive();
    }

    /** Ends every session and shuts down cleanly; kills when that takes more than 30 s. Data are kept. */
    public void stop() {
        child.stop();
    }

    /** Ends all its processes by SIGKILL, as a crash of the machine would. Data are kept. */
    public void kill() {
        child.kill();
    }

    /** Halts all its processes by SIGSTOP: connections stay open and nothing answers. */
    public void pause() {
        child.pause();
    }

    /** Lets a paused server go on. */
    public void resume() {
        child.resume();
    }

    /**
     * Stops it if it runs, starts it on the same port and data, and waits until it answers.
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
