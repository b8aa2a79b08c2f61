package io.millrace.local;

import io.millrace.embedded.DatabaseAccess;
import io.millrace.embedded.KafkaServer;
import io.millrace.embedded.KafkaSettings;
import io.millrace.embedded.PostgresServer;
import io.millrace.embedded.PostgresSettings;
import io.millrace.local.data.DataDirectory;
import io.millrace.local.data.Secrets;
import io.millrace.local.outside.OutsideMain;
import io.millrace.local.supervision.ProcessSpec;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the platform consists of, where everything listens, and what each process is told. */
final class PlatformLayout {

    /** The database. */
    static final String POSTGRES = "postgres";

    /** The broker. */
    static final String KAFKA = "kafka";

    /** Identity, payment provider, mail catcher and shoppers. */
    static final String OUTSIDE = "outside";

    /** The services, in the order they are started. */
    static final List<String> SERVICES = List.of(
            "order-service", "inventory-service", "fraud-service", "recommendation-service", "monitoring-service");

    /** Orders a minute. */
    static final String SHOPPERS_RATE = "30";

    private static final Duration CHECK_INFRASTRUCTURE_EVERY = Duration.ofSeconds(10);
    // Topics with retention in bytes, times their six partitions; what is compacted is small.
    private static final int BOUNDED_PARTITIONS = 10 * 6;
    private static final long LEAST_RETENTION = 8L * 1024 * 1024;

    private final PlatformSettings settings;
    private final DataDirectory data;
    private final Secrets secrets;
    private final JvmOptions options;
    private final JavaProcesses java;
    private final URI url;
    private final PostgresSettings postgres;
    private final KafkaSettings kafka;
    private final ServiceDatabases databases;
    private final int identityPort;
    private final int providerPort;
    private final int mailPort;
    private final int mailPagePort;
    private final List<PlatformMember> members = new ArrayList<>();

    PlatformLayout(PlatformSettings settings, DataDirectory data, URI url) {
        this.settings = settings;
        this.data = data;
        this.url = url;
        this.secrets = new Secrets(data.keys());
        this.options = new JvmOptions(settings.base());
        this.java = new JavaProcesses(settings, data, options);
        PlatformPorts ports = new PlatformPorts();
        this.postgres = PostgresSettings.in(data.postgres())
                .withPort(ports.next())
                .withParameter("shared_buffers", "64MB")
                .withParameter("max_wal_size", "512MB");
        this.kafka = kafkaSettings(ports);
        this.databases = new ServiceDatabases(postgres.port(), secrets);
        this.identityPort = ports.next();
        this.providerPort = ports.next();
        this.mailPort = ports.next();
        this.mailPagePort = ports.next();
        members.add(PlatformMember.infrastructure(
                ProcessSpec.of(PostgresServer.command(postgres), CHECK_INFRASTRUCTURE_EVERY, data.log(POSTGRES)),
                postgres.port()));
        members.add(PlatformMember.infrastructure(
                ProcessSpec.of(KafkaServer.command(kafka), CHECK_INFRASTRUCTURE_EVERY, data.log(KAFKA)), kafka.port()));
        members.add(outside());
        for (String service : SERVICES) {
            int count = settings.instances().getOrDefault(service, 1);
            for (int number = 1; number <= count; number++) {
                members.add(service(service, number == 1 ? service : service + "-" + number, ports));
            }
        }
    }

    private KafkaSettings kafkaSettings(PlatformPorts ports) {
        KafkaSettings chosen = KafkaSettings.in(data.kafka())
                .withPort(ports.next())
                .withControllerPort(ports.next())
                .withHeapMegabytes(options.heapMebibytes(KAFKA))
                // Only whole segments are deleted: a partition keeps up to one more than its retention.
                .withServerProperty("log.segment.bytes", Long.toString(retentionBytes() / 4))
                // Index files are made at full size: 10 MiB each would count 1 GiB before the first record.
                .withServerProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
        for (String option : options.added(KAFKA)) {
            chosen = chosen.withJvmOption(option);
        }
        return chosen;
    }

    /** Half of the data directory's limit is the topics'. */
    private long retentionBytes() {
        return Math.max(LEAST_RETENTION, settings.base().dataLimit().bytes() / 2 / BOUNDED_PARTITIONS);
    }

    private PlatformMember outside() {
        int management = 0;
        Map<String, String> environment = new HashMap<>(common(identityPort, management));
        environment.put("MILLRACE_IDENTITY_DEMO", "true");
        environment.put("MILLRACE_IDENTITY_ISSUER", url + "/identity");
        environment.put("MILLRACE_IDENTITY_KEYFOLDER", data.keys().toString());
        environment.put("MILLRACE_IDENTITY_DEMOSECRET", secrets.of("demo-secret"));
        environment.put("MILLRACE_PROVIDER_PORT", Integer.toString(providerPort));
        environment.put("MILLRACE_PROVIDER_LEDGER", data.provider().toString());
        environment.put("MILLRACE_PROVIDER_CALLBACK_SECRET", secrets.of("callback-secret"));
        environment.put("MILLRACE_MAIL_SMTP_PORT", Integer.toString(mailPort));
        environment.put("MILLRACE_MAIL_HTTP_PORT", Integer.toString(mailPagePort));
        environment.put("MILLRACE_MAIL_FOLDER", data.mail().toString());
        environment.put(
                "MILLRACE_SHOPPERS_RATE",
                settings.base().of("MILLRACE_SHOPPERS_RATE").orElse(SHOPPERS_RATE));
        environment.put("MILLRACE_SHOPPERS_URL", "http://" + numericHost() + ":" + url.getPort());
        environment.put("MILLRACE_SHOPPERS_TOKEN_URL", tokenEndpoint().toString());
        environment.put("MILLRACE_SHOPPERS_SECRET", secrets.of("demo-secret"));
        environment.put(
                "MILLRACE_SHOPPERS_TRUTH",
                data.shoppers().resolve("fraud.ndjson").toString());
        List<String> program = List.of("-cp", System.getProperty("java.class.path"), OutsideMain.class.getName());
        URI health = URI.create("http://127.0.0.1:" + identityPort + "/identity/ready");
        return new PlatformMember(
                "identity",
                java.of(OUTSIDE, program, environment, OUTSIDE, health),
                identityPort,
                management,
                Map.of("mail", mailPagePort));
    }

    private PlatformMember service(String service, String name, PlatformPorts ports) {
        int port = ports.next();
        int management = ports.next();
        Map<String, String> environment = new HashMap<>(common(port, management));
        environment.put("MILLRACE_TELEMETRY_INSTANCEID", name);
        if (ServiceDatabases.has(service)) {
            DatabaseAccess database = databases.of(service);
            environment.put("SPRING_DATASOURCE_URL", database.jdbcUrl());
            environment.put("SPRING_DATASOURCE_USERNAME", database.username());
            environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
        }
        switch (service) {
            case "order-service" -> {
                environment.put("ORDER_FRAUD_HASH_KEY", secrets.of("fraud-hash-key"));
                environment.put("PAYMENT_PROVIDER_URL", providerUrl().toString());
                environment.put("PAYMENT_CALLBACK_URL", callbackUrl());
                environment.put("PAYMENT_CALLBACK_SECRET", secrets.of("callback-secret"));
                environment.put("SMTP_HOST", "127.0.0.1");
                environment.put("SMTP_PORT", Integer.toString(mailPort));
            }
            case "fraud-service" -> {
                environment.put("FRAUD_INSTANCE_ID", name);
                environment.put("FRAUD_STATE_DIR", data.streams().resolve(name).toString());
            }
            case "recommendation-service" -> {
                environment.put("RECOMMENDATION_INSTANCE_ID", name);
                environment.put(
                        "RECOMMENDATION_STATE_DIR", data.streams().resolve(name).toString());
            }
            case String _ -> {} // nothing beyond what all are told
        }
        List<String> program =
                List.of("-jar", settings.installation().jar(service).toString());
        URI health = URI.create("http://127.0.0.1:" + management + "/actuator/health/readiness");
        return new PlatformMember(service, java.of(name, program, environment, service, health), port, management);
    }

    private String callbackUrl() {
        return "http://" + numericHost() + ":" + url.getPort() + "/api/callbacks/payments";
    }

    /** To a JVM localhost may be ::1, where nothing listens. */
    private String numericHost() {
        return url.getHost().equals("localhost") ? "127.0.0.1" : url.getHost();
    }

    private Map<String, String> common(int port, int management) {
        return Map.of(
                "SERVER_ADDRESS",
                "127.0.0.1",
                "SERVER_PORT",
                Integer.toString(port),
                // The front door keeps its connections: no need to make one anew every hundred requests.
                "SERVER_TOMCAT_MAXKEEPALIVEREQUESTS",
                "-1",
                "MANAGEMENT_SERVER_ADDRESS",
                "127.0.0.1",
                "MANAGEMENT_SERVER_PORT",
                Integer.toString(management),
                "KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers(),
                "MILLRACE_SECURITY_ISSUER",
                url + "/identity",
                "MILLRACE_SECURITY_JWKSURI",
                "http://127.0.0.1:" + identityPort + "/identity/oauth2/jwks",
                "MILLRACE_TOPICS_RETENTIONBYTES",
                Long.toString(retentionBytes()));
    }

    /** Everything that runs, in the order it is started. */
    List<PlatformMember> members() {
        return List.copyOf(members);
    }

    ServiceDatabases databases() {
        return databases;
    }

    PostgresSettings postgres() {
        return postgres;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + kafka.port();
    }

    String demoSecret() {
        return secrets.of("demo-secret");
    }

    URI providerUrl() {
        return URI.create("http://127.0.0.1:" + providerPort);
    }

    /** Where tokens are made, past the front door. */
    URI tokenEndpoint() {
        return URI.create("http://127.0.0.1:" + identityPort + "/identity/oauth2/token");
    }
}
