package io.millrace.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;

/** The issuer: its endpoints, its users, its key. */
@Configuration(proxyBeanMethods = false)
class IssuerConfiguration {

    private static final String CONSOLE = "console";

    /** The page redeems a code as soon as it has it. */
    private static final Duration CODE_LIFE = Duration.ofMinutes(1);

    @Bean
    @Order(1)
    SecurityFilterChain issuerSecurity(HttpSecurity http) {
        http.oauth2AuthorizationServer(server -> {
            http.securityMatcher(server.getEndpointsMatcher());
            server.oidc(Customizer.withDefaults())
                    .authorizationEndpoint(endpoint -> endpoint.authorizationRequestConverter(new OwnScopes()))
                    .tokenEndpoint(token -> token.accessTokenRequestConverter(new DefaultScopes()));
        });
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(IssuerConfiguration::isSilent)
                        .permitAll() // the endpoint itself tells the page that nobody is logged in
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(handling -> handling.defaultAuthenticationEntryPointFor(
                        LoginConfiguration.entryPoint(), LoginConfiguration.browsers()))
                .build();
    }

    /** A page's wish for a new token if that needs no form (OpenID Connect Core, section 3.1.2.1). */
    private static boolean isSilent(HttpServletRequest request) {
        return request.getServletPath().equals("/oauth2/authorize") && "none".equals(request.getParameter("prompt"));
    }

    @Bean
    AuthorizationServerSettings issuerSettings(IdentityProperties properties) {
        return AuthorizationServerSettings.builder().issuer(properties.issuer()).build();
    }

    @Bean
    PasswordEncoder secretEncoder() {
        return new SecretEncoder();
    }

    @Bean
    RegisteredClientRepository clients(IdentityProperties properties, PasswordEncoder encoder) {
        // One secret, and yet a hash for each: the repository refuses two that are alike.
        Supplier<String> secret = () -> String.valueOf(encoder.encode(properties.demoSecret()));
        Stream<RegisteredClient> users =
                Arrays.stream(DemoUser.values()).map(user -> client(user, secret.get(), properties));
        Stream<RegisteredClient> others =
                Stream.of(console(properties), ShopperClient.registered(secret.get(), properties));
        return new InMemoryRegisteredClientRepository(
                Stream.concat(users, others).toList());
    }

    @Bean
    JWKSource<SecurityContext> signingKeys(IdentityProperties properties) {
        return new ImmutableJWKSet<>(new JWKSet(SigningKey.in(properties.keyFolder())));
    }

    /** The audience of access is the platform and not, as it would be by default, the client that asks. */
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims(IdentityProperties properties) {
        return context -> {
            if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
                context.getClaims()
                        .audience(List.of(properties.audience()))
                        .claim("client_id", context.getRegisteredClient().getClientId());
                ShopperClient.nameSubject(context);
            }
        };
    }

    private static RegisteredClient client(DemoUser user, String secret, IdentityProperties properties) {
        return RegisteredClient.withId(user.id())
                .clientId(user.id())
                .clientSecret(secret)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> scopes.addAll(user.scopes()))
                .tokenSettings(tokens(properties))
                .build();
    }

    /** The platform's pages. A browser keeps no secret: whoever has the code must also have the key it was asked for with. */
    private static RegisteredClient console(IdentityProperties properties) {
        return RegisteredClient.withId(CONSOLE)
                .clientId(CONSOLE)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(properties.frontDoor())
                .postLogoutRedirectUri(properties.frontDoor())
                .scope(OidcScopes.OPENID)
                .scopes(scopes -> scopes.addAll(DemoUser.ADMIN.scopes())) // a user is given those of his own
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .tokenSettings(tokens(properties))
                .build();
    }

    private static TokenSettings tokens(IdentityProperties properties) {
        return TokenSettings.builder()
                .accessTokenTimeToLive(properties.tokenLife())
                .authorizationCodeTimeToLive(CODE_LIFE)
                .idTokenSignatureAlgorithm(SignatureAlgorithm.RS256)
                .build();
    }
}
