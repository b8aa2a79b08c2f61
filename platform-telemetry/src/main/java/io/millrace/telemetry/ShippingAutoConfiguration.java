package io.millrace.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.events.OpaqueTopic;
import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.telemetry.log.LogRequests;
import io.millrace.telemetry.log.TelemetryAppender;
import io.millrace.telemetry.metric.MetricSnapshots;
import io.millrace.telemetry.metric.MetricSource;
import io.millrace.telemetry.ship.BoundedQueue;
import io.millrace.telemetry.ship.QueuedSource;
import io.millrace.telemetry.ship.ServiceIdentity;
import io.millrace.telemetry.ship.Shipper;
import io.millrace.telemetry.ship.ShippingMeters;
import io.millrace.telemetry.ship.Signal;
import io.millrace.telemetry.ship.Source;
import io.millrace.telemetry.ship.TelemetryProducer;
import io.millrace.telemetry.trace.SpanRequests;
import io.millrace.telemetry.trace.Tracer;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Ships a service's telemetry to the brokers it is connected with. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({KafkaConnectionDetails.class, KafkaProducer.class})
@ConditionalOnBean(KafkaConnectionDetails.class)
@ConditionalOnProperty(name = "millrace.telemetry.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TelemetryProperties.class)
public class ShippingAutoConfiguration {

    @Bean
    OpaqueTopic logTopic() {
        return TelemetryTopics.LOGS;
    }

    @Bean
    OpaqueTopic metricTopic() {
        return TelemetryTopics.METRICS;
    }

    @Bean
    OpaqueTopic spanTopic() {
        return TelemetryTopics.SPANS;
    }

    @Bean
    ServiceIdentity serviceIdentity(TelemetryProperties properties, Environment environment) {
        return new ServiceIdentity(
                environment.getProperty("spring.application.name", "unnamed"),
                Optional.ofNullable(properties.instanceId())
                        .orElseGet(() -> UUID.randomUUID().toString()),
                Optional.ofNullable(environment.getProperty("spring.application.version")));
    }

    @Bean
    ShippingMeters shippingMeters(ObjectProvider<MeterRegistry> meters) {
        return new ShippingMeters(meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    BoundedQueue<LogRecord> logQueue(TelemetryProperties properties, ShippingMeters meters) {
        return new BoundedQueue<>(
                Signal.LOGS,
                properties.logs().queue(),
                properties.logs().queueBytes().toBytes(),
                properties.batch(),
                properties.batchBytes().toBytes(),
                meters);
    }

    @Bean
    BoundedQueue<Span> spanQueue(TelemetryProperties properties, ShippingMeters meters) {
        return new BoundedQueue<>(
                Signal.SPANS,
                properties.spans().queue(),
                properties.spans().queueBytes().toBytes(),
                properties.batch(),
                properties.batchBytes().toBytes(),
                meters);
    }

    @Bean
    Tracer tracer(TelemetryProperties properties, BoundedQueue<Span> spanQueue) {
        return new Tracer(properties.spans().oneIn(), spanQueue::offer, InstantSource.system());
    }

    @Bean
    TelemetryAppender telemetryAppender(
            TelemetryProperties properties, BoundedQueue<LogRecord> logQueue, Tracer tracer) {
        TelemetryAppender appender = new TelemetryAppender(logQueue, tracer);
        if (properties.logs().enabled()) {
            appender.install();
        }
        return appender;
    }

    @Bean
    Shipper telemetryShipper(
            TelemetryProperties properties,
            ServiceIdentity service,
            KafkaConnectionDetails kafka,
            ObjectProvider<MeterRegistry> meters,
            ShippingMeters shippingMeters,
            BoundedQueue<LogRecord> logQueue,
            BoundedQueue<Span> spanQueue) {
        List<Source> sources = new ArrayList<>();
        sources.add(new QueuedSource<>(Signal.LOGS, logQueue, new LogRequests(service)::of));
        sources.add(new QueuedSource<>(Signal.SPANS, spanQueue, new SpanRequests(service)::of));
        meters.ifAvailable(registry -> {
            if (properties.metrics().enabled()) {
                sources.add(metrics(properties, service, registry));
            }
        });
        TelemetryProducer producer = new TelemetryProducer(
                () -> TelemetryProducer.kafka(
                        kafka.getBootstrapServers(),
                        service.instanceId(),
                        properties.bufferMemory().toBytes()),
                service.instanceId(),
                shippingMeters);
        Shipper shipper =
                new Shipper(sources, producer, shippingMeters, properties.sendEvery(), properties.flushWithin());
        logQueue.onBatch(shipper::wake);
        spanQueue.onBatch(shipper::wake);
        return shipper;
    }

    private static MetricSource metrics(
            TelemetryProperties properties, ServiceIdentity service, MeterRegistry registry) {
        Instant start =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        return new MetricSource(
                new MetricSnapshots(registry, properties.metrics().prefixes(), service, start),
                properties.metrics().every(),
                InstantSource.system());
    }
}
