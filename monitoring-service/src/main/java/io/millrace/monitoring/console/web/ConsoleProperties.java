package io.millrace.monitoring.console.web;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How people log in to the console. The issuer is the one whose tokens this service takes, {@code millrace.security.issuer}.
 *
 * @param clientId the public client that the issuer knows the console by; its redirect address is the front door's {@code /}
 */
@Validated
@ConfigurationProperties("millrace.console")
record ConsoleProperties(@DefaultValue("console") @NotBlank String clientId) {}
