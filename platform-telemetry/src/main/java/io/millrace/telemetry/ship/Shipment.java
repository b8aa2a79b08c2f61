package io.millrace.telemetry.ship;

/**
 * What becomes one record.
 *
 * @param request the encoded export request
 * @param items log lines, data points or spans in it, at least 1
 */
public record Shipment(byte[] request, int items) {}
