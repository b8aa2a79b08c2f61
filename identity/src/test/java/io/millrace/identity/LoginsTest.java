package io.millrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

class LoginsTest {

    private static final OAuth2TokenType CODE = new OAuth2TokenType("code");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Logins logins = new Logins();

    @Test
    void forgetsTheOldestLoginsBeyondItsBound() {
        for (int i = 0; i <= Logins.MOST; i++) {
            logins.save(authorization("login-" + i, AuthorizationGrantType.AUTHORIZATION_CODE));
        }
        assertThat(logins.findById("login-0")).isNull();
        assertThat(logins.findById("login-1")).isNotNull();
        assertThat(logins.findByToken("code of login-" + Logins.MOST, CODE)).isNotNull();
    }

    @Test
    void remembersNoTokensOfClients() {
        logins.save(authorization("machine", AuthorizationGrantType.CLIENT_CREDENTIALS));
        assertThat(logins.findById("machine")).isNull();
    }

    @Test
    void takesACodeForNothingElse() {
        logins.save(authorization("login", AuthorizationGrantType.AUTHORIZATION_CODE));
        assertThat(logins.findByToken("code of login", CODE)).isNotNull();
        assertThat(logins.findByToken("code of login", OAuth2TokenType.ACCESS_TOKEN))
                .isNull();
        assertThat(logins.findByToken("code of login", OAuth2TokenType.REFRESH_TOKEN))
                .isNull();
        assertThat(logins.findByToken("code of login", null)).isNull();
    }

    private static OAuth2Authorization authorization(String id, AuthorizationGrantType grant) {
        RegisteredClient client = RegisteredClient.withId("client")
                .clientId("client")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("http://localhost:8080/")
                .build();
        return OAuth2Authorization.withRegisteredClient(client)
                .id(id)
                .principalName("somebody")
                .authorizationGrantType(grant)
                .token(new OAuth2AuthorizationCode("code of " + id, NOW, NOW.plusSeconds(60)))
                .build();
    }
}
