package io.millrace.identity;

import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.Http403ForbiddenEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Logging in by browser: who can, by what page, and how that is remembered until the page has its token. */
@Configuration(proxyBeanMethods = false)
class LoginConfiguration {

    private static final String PAGE = "/login";

    /** Sessions, of some kilobytes each; every visit of the login page begins one. */
    static final int MOST_SESSIONS = 2_000;

    /** Time to fill in the form. */
    static final Duration FORM_LIFE = Duration.ofMinutes(10);

    @Bean
    @Order(2)
    SecurityFilterChain otherSecurity(HttpSecurity http, IdentityProperties properties) {
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll() // a refusal keeps its own status
                        .requestMatchers("/ready", PAGE, LoginPage.STYLE)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .formLogin(form -> form.loginPage(PAGE)
                        .failureUrl(PAGE + "?" + LoginPage.ERROR)
                        .successHandler(loggedIn(properties)))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(new Http403ForbiddenEntryPoint())
                        .accessDeniedHandler(anew()))
                .build();
    }

    @Bean
    UserDetailsService people(IdentityProperties properties, PasswordEncoder encoder) {
        String password = String.valueOf(encoder.encode(properties.demoPassword()));
        List<UserDetails> people = Arrays.stream(DemoUser.values())
                .filter(DemoUser::isPerson)
                .map(user -> User.withUsername(user.id())
                        .password(password)
                        .authorities(List.of())
                        .build())
                .toList();
        return new InMemoryUserDetailsManager(people);
    }

    /** Tells the issuer's record of sessions when one has ended; it would grow for ever. */
    @Bean
    HttpSessionEventPublisher sessionEvents() {
        return new HttpSessionEventPublisher();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedSessions() {
        return server -> server.addContextCustomizers(
                context -> context.setManager(new BoundedSessions(MOST_SESSIONS, FORM_LIFE)));
    }

    /** From now on the session lasts, and leads to what was asked for. */
    private static AuthenticationSuccessHandler loggedIn(IdentityProperties properties) {
        var onward = new SavedRequestAwareAuthenticationSuccessHandler();
        onward.setDefaultTargetUrl(properties.frontDoor());
        return (request, response, login) -> {
            request.getSession()
                    .setMaxInactiveInterval((int) properties.loginLife().toSeconds());
            onward.onAuthenticationSuccess(request, response, login);
        };
    }

    /** Where a page's user is sent who has not logged in; relative, so that it holds behind any front door. */
    static AuthenticationEntryPoint entryPoint() {
        LoginUrlAuthenticationEntryPoint entryPoint = new LoginUrlAuthenticationEntryPoint(PAGE);
        entryPoint.setFavorRelativeUris(true);
        return entryPoint;
    }

    /** Whose requests can be answered by a page to log in on. */
    static RequestMatcher browsers() {
        MediaTypeRequestMatcher html = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
        html.setIgnoredMediaTypes(Set.of(MediaType.ALL));
        return html;
    }

    /** A form that was left open until its session had ended is shown again instead of a refusal. */
    private static AccessDeniedHandler anew() {
        var redirects = new DefaultRedirectStrategy();
        return (request, response, refusal) -> {
            if (refusal instanceof CsrfException && request.getServletPath().equals(PAGE)) {
                redirects.sendRedirect(request, response, PAGE);
            } else {
                response.setStatus(403);
            }
        };
    }
}
