package io.millrace.local.frontdoor;

import java.util.Optional;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/** Looks up who answers a request, and has it sent there. Never blocks. */
final class FrontDoorHandler extends Handler.Abstract.NonBlocking {

    private static final byte[] NO_BODY = new byte[0];

    private final Hosts hosts;
    private final Routes routes;
    private final Instances instances;
    private final HttpClient client;
    private final FrontDoorLimits limits;

    FrontDoorHandler(Hosts hosts, Routes routes, Instances instances, HttpClient client, FrontDoorLimits limits) {
        this.hosts = hosts;
        this.routes = routes;
        this.instances = instances;
        this.client = client;
        this.limits = limits;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!hosts.include(request.getHttpURI().getHost())) {
            Refusal.MISDIRECTED.write(request, response, callback);
            return true;
        }
        String path = request.getHttpURI().getCanonicalPath();
        if (path == null) {
            Refusal.NO_ROUTE.write(request, response, callback);
            return true;
        }
        Optional<String> service = routes.service(path);
        if (service.isEmpty()) {
            Refusal.NO_ROUTE.write(request, response, callback);
            return true;
        }
        forward(new Forwarding.Exchange(request, response, callback), service.get());
        return true;
    }

    private void forward(Forwarding.Exchange exchange, String service) {
        Request request = exchange.request();
        long length = request.getLength();
        boolean chunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        if (length == 0 || (length < 0 && !chunked)) {
            new Forwarding(exchange, service, instances, client, limits, NO_BODY).send();
        } else if (chunked || length > limits.heldBody()) {
            new Forwarding(exchange, service, instances, client, limits, null).send();
        } else {
            Content.Source.asByteArrayAsync(
                    request,
                    limits.heldBody(),
                    Promise.Invocable.from(
                            InvocationType.NON_BLOCKING,
                            body -> new Forwarding(exchange, service, instances, client, limits, body).send(),
                            // the client has gone, or is too slow
                            failure -> exchange.callback().failed(failure)));
        }
    }
}
