package io.millrace.web.security;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** A stateless OAuth 2.0 resource server that denies what no route grants. */
@AutoConfiguration(
        before = ServletWebSecurityAutoConfiguration.class,
        beforeName = "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration")
@EnableConfigurationProperties(SecurityProperties.class)
final class SecurityAutoConfiguration {

    /** Milliseconds to connect to the issuer, and again to read from it: a request waits at most the two. */
    private static final int ISSUER_TIMEOUT = 700;

    /** Bytes; a set of ten keys has about 4,000. */
    private static final int LARGEST_KEY_SET = 65_536;

    private final Refusals refusals = new Refusals();

    @Bean
    BearerTokens bearerTokens(SecurityProperties properties) {
        var issuer = new DefaultResourceRetriever(ISSUER_TIMEOUT, ISSUER_TIMEOUT, LARGEST_KEY_SET);
        return new BearerTokens(new TokenVerifier(properties, issuer, Clock.systemUTC()));
    }

    @Bean
    Refusals refusals() {
        return refusals;
    }

    /** The management port shows health and metrics without a token; it is not reachable from outside. */
    @Bean
    @Order(0)
    SecurityFilterChain managementSecurity(HttpSecurity http) {
        return stateless(http.securityMatcher(EndpointRequest.toAnyEndpoint()))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(1)
    SecurityFilterChain routeSecurity(HttpSecurity http, BearerTokens tokens) {
        return stateless(http)
                .addFilterAt(bearerFilter(tokens), BearerTokenAuthenticationFilter.class)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                                .permitAll()
                                .anyRequest()
                                .access(new RouteAuthorization()))
                .build();
    }

    /** An observation around every security filter costs more than all of them do. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    WebMvcConfigurer callerArgument() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }
        };
    }

    private BearerTokenAuthenticationFilter bearerFilter(BearerTokens tokens) {
        AuthenticationManager manager = tokens;
        var filter = new BearerTokenAuthenticationFilter(manager, tokens);
        var failures = new AuthenticationEntryPointFailureHandler(refusals);
        failures.setRethrowAuthenticationServiceException(false);
        filter.setAuthenticationEntryPoint(refusals);
        filter.setAuthenticationFailureHandler(failures);
        filter.setSecurityContextRepository(new RequestAttributeSecurityContextRepository());
        return filter;
    }

    private static HttpSecurity stateless(HttpSecurity http) {
        return http.securityContext(
                        context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .csrf(AbstractHttpConfigurer::disable) // no cookie ever authenticates
                .sessionManagement(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.frameOptions(options -> options.deny())
                        .xssProtection(protection -> protection.disable()));
    }
}
