package io.millrace.local.frontdoor;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The reverse proxy in front of all services.
 *
 * <p>It sends requests to ready instances in turn, answers 503 where there is none, 404 where no service is, and 421 to
 * requests for another host. It looks at no body and at no token. Closing it lets requests under way end, for 5 s at most.
 */
public final class FrontDoor implements AutoCloseable {

    private static final int THREADS = 24;
    private static final int RESERVED_THREADS = 4;
    private static final Duration IDLE = Duration.ofSeconds(60);
    // Below the 20 s after which Tomcat closes an idle connection: ours must not be used in that moment.
    private static final Duration POOLED = Duration.ofSeconds(10);

    private final InetAddress address;
    private final Server server;
    private final ServerConnector connector;
    private final HttpClient client;

    private FrontDoor(InetAddress address, Server server, ServerConnector connector, HttpClient client) {
        this.address = address;
        this.server = server;
        this.connector = connector;
        this.client = client;
    }

    /**
     * Opens it.
     *
     * @param address where it listens
     * @param port its port, 0 for a free one
     * @param hosts by which it may be called, beside that address and the names of this machine
     * @throws BindException when the port is taken
     */
    public static FrontDoor open(String address, int port, Collection<String> hosts, Routes routes, Instances instances)
            throws IOException {
        return open(address, port, hosts, routes, instances, FrontDoorLimits.standard());
    }

    static FrontDoor open(
            String address,
            int port,
            Collection<String> hosts,
            Routes routes,
            Instances instances,
            FrontDoorLimits limits)
            throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("front-door");
        threads.setReservedThreads(RESERVED_THREADS);
        threads.setDaemon(true);
        HttpClient client = client(threads, limits);
        Server server = new Server(threads);
        ServerConnector connector = connector(server, address, port);
        server.addConnector(connector);
        server.setHandler(
                new GracefulHandler(new FrontDoorHandler(Hosts.of(address, hosts), routes, instances, client, limits)));
        server.setErrorHandler((request, response, callback) -> {
            Refusal.ofStatus(response.getStatus()).write(request, response, callback);
            return true;
        });
        server.setStopTimeout(limits.lastRequests().toMillis());
        FrontDoor door = new FrontDoor(InetAddress.getByName(address), server, connector, client);
        door.start();
        return door;
    }

    private static HttpClient client(QueuedThreadPool threads, FrontDoorLimits limits) {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setMaxConnectionsPerDestination(limits.connections());
        client.setMaxRequestsQueuedPerDestination(limits.waiting());
        client.setConnectTimeout(limits.connect().toMillis());
        client.setIdleTimeout(POOLED.toMillis());
        client.setDestinationIdleTimeout(0);
        return client;
    }

    private static ServerConnector connector(Server server, String address, int port) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false); // the service's own goes through
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(address);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setAcceptQueueSize(1_024);
        return connector;
    }

    private void start() throws IOException {
        try {
            client.start();
            client.getContentDecoderFactories().clear(); // what is compressed stays so
            client.getProtocolHandlers().clear(); // no redirects or logins on a client's behalf
            server.start();
        } catch (IOException e) {
            close();
            throw e.getCause() instanceof BindException taken ? taken : e;
        } catch (Exception e) { // declared by Jetty's life cycle
            close();
            throw new IllegalStateException("can't open the front door", e);
        }
    }

    /** Its port. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Where clients on this machine find it. */
    public URI url() {
        String literal = address.getHostAddress();
        boolean usual = address.isAnyLocalAddress() || literal.equals("127.0.0.1");
        String host = address instanceof Inet6Address ? "[" + literal + "]" : literal;
        return URI.create("http://" + (usual ? "localhost" : host) + ":" + port());
    }

    @Override
    public void close() {
        stop(server);
        stop(client);
    }

    private static void stop(LifeCycle part) {
        try {
            part.stop();
        } catch (TimeoutException e) {
            // the last requests did not end in time: they are cut off
        } catch (Exception e) { // declared by Jetty's life cycle
            throw new IllegalStateException("can't close the front door", e);
        }
    }
}
