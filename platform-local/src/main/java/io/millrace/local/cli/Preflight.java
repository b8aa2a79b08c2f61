package io.millrace.local.cli;

import io.millrace.local.data.DataDirectory;
import io.millrace.local.data.PlatformLock;
import io.millrace.local.data.PlatformState;
import io.millrace.local.settings.Settings;
import io.millrace.local.settings.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds what would keep {@code up} from starting, before anything is built or started.
 *
 * <p>The script runs this class from its source when the platform has yet to be built (JEP 458): it and all it uses
 * need nothing but the JDK. Exit codes: 0 go on, 1 can't start, 2 wrong command line.
 */
final class Preflight {

    private Preflight() {}

    /** Takes the command line, and the installation from the system property {@code millrace.home}. */
    public static void main(String[] args) {
        try {
            if (CommandLine.parse(Arrays.asList(args)) instanceof Command.Up up) {
                Settings settings = Settings.of(Path.of(System.getProperty("millrace.home", ".")));
                Optional<String> obstacle = obstacle(up, settings);
                obstacle.ifPresent(System.err::println);
                System.exit(obstacle.isPresent() ? ExitCodes.FAILED : ExitCodes.DONE);
            }
        } catch (UsageException | SettingsException e) {
            System.err.println(e.getMessage());
            System.exit(ExitCodes.WRONG_USAGE);
        }
    }

    /**
     * What keeps the platform from starting; empty when nothing does.
     *
     * @throws UsageException when it must not listen where it is told to
     */
    static Optional<String> obstacle(Command.Up up, Settings settings) {
        int port = up.port().orElse(settings.port());
        String bind = up.bind().orElse(settings.bind());
        InetAddress address = address(bind);
        if (!address.isLoopbackAddress()) {
            throw new UsageException("the demo users' secrets are no protection: with them the front door listens on "
                    + "this machine only, and --bind " + bind + " is refused");
        }
        DataDirectory data = new DataDirectory(settings.data());
        if (PlatformLock.isHeld(data.lock())) {
            return Optional.of(running(data));
        }
        if (isTaken(address, port)) {
            return Optional.of("port " + port + " is taken by another program: stop it, or choose another port by "
                    + "--port N or MILLRACE_PORT=N");
        }
        return Optional.empty();
    }

    private static String running(DataDirectory data) {
        return PlatformState.read(data.state())
                .filter(PlatformState::isCurrent)
                .map(state -> "Millrace already runs at " + state.url() + " (process "
                        + state.supervisor().pid() + "): ./millrace down stops it")
                .orElse("Millrace is being started or stopped on " + data.root());
    }

    private static InetAddress address(String bind) {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new UsageException("no such address: " + bind);
        }
    }

    private static boolean isTaken(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a port whose connections are still timing out is free
            socket.bind(new InetSocketAddress(address, port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
