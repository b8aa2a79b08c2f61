package io.millrace.web.problem;

/**
 * One wrong field of a request.
 *
 * @param field JSON path such as {@code lines[2].quantity}, or the name of a parameter or header
 * @param message what the field must be; does not repeat what was sent
 */
public record FieldProblem(String field, String message) {}
