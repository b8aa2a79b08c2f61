package io.millrace.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;

/** The issuer: its endpoints, its users, its key. */
@Configuration(proxyBeanMethods = false)
class IssuerConfiguration {

    @Bean
    @Order(1)
    SecurityFilterChain issuerSecurity(HttpSecurity http) {
        http.oauth2AuthorizationServer(server -> {
            http.securityMatcher(server.getEndpointsMatcher());
            server.oidc(Customizer.withDefaults())
                    .tokenEndpoint(token -> token.accessTokenRequestConverter(new DefaultScopes()));
        });
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain otherSecurity(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/ready")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
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
    RegisteredClientRepository demoUsers(IdentityProperties properties, PasswordEncoder encoder) {
        List<RegisteredClient> clients = Arrays.stream(DemoUser.values())
                .map(user -> client(user, String.valueOf(encoder.encode(properties.demoSecret())), properties))
                .toList();
        List<RegisteredClient> all = new ArrayList<>(clients);
        all.add(ShopperClient.registered(String.valueOf(encoder.encode(properties.demoSecret())), properties));
        return new InMemoryRegisteredClientRepository(all);
    }

    @Bean
    JWKSource<SecurityContext> signingKeys(IdentityProperties properties) {
        return new ImmutableJWKSet<>(new JWKSet(SigningKey.in(properties.keyFolder())));
    }

    /** The audience is the platform and not, as it would be by default, the client that asks. */
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims(IdentityProperties properties) {
        return context -> {
            context.getClaims()
                    .audience(List.of(properties.audience()))
                    .claim("client_id", context.getRegisteredClient().getClientId());
            ShopperClient.nameSubject(context);
        };
    }

    private static RegisteredClient client(DemoUser user, String secret, IdentityProperties properties) {
        return RegisteredClient.withId(user.id())
                .clientId(user.id())
                .clientSecret(secret)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> scopes.addAll(user.scopes()))
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(properties.tokenLife())
                        .idTokenSignatureAlgorithm(SignatureAlgorithm.RS256)
                        .build())
                .build();
    }
}
