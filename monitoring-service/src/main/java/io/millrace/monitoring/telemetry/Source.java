package io.millrace.monitoring.telemetry;

/**
 * The process that sent telemetry.
 *
 * @param service its {@code service.name}; {@code unknown} where it does not say
 * @param instance its {@code service.instance.id}, unlike that of any other process; {@code unknown} where it does not say
 */
public record Source(String service, String instance) {}
