package io.millrace.identity;

import java.util.regex.Pattern;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;

/**
 * The client of demo traffic. Each of its tokens speaks for one shopper, whom the token request names by the parameter
 * {@code shopper}: thousands of customers need no thousands of clients, and none is taken for another by fraud detection.
 *
 * <p>The subject is {@code shopper-} and that name: whoever holds the client's secret can be any shopper, and nobody else.
 */
final class ShopperClient {

    private static final String ID = "shoppers";
    private static final String PARAMETER = "shopper";
    private static final String SUBJECT = "shopper-";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    private ShopperClient() {}

    static RegisteredClient registered(String encodedSecret, IdentityProperties properties) {
        return RegisteredClient.withId(ID)
                .clientId(ID)
                .clientSecret(encodedSecret)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> scopes.addAll(DemoUser.CUSTOMER.scopes()))
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(properties.tokenLife())
                        .build())
                .build();
    }

    /**
     * Makes a token of this client speak for its shopper; leaves those of other clients alone.
     *
     * @throws OAuth2AuthenticationException when the request names none, or not by lower-case letters, digits and hyphens
     */
    static void nameSubject(JwtEncodingContext context) {
        if (!context.getRegisteredClient().getClientId().equals(ID)) {
            return;
        }
        if (context.getAuthorizationGrant() instanceof OAuth2ClientCredentialsAuthenticationToken asked
                && asked.getAdditionalParameters().get(PARAMETER) instanceof String name
                && NAME.matcher(name).matches()) {
            context.getClaims().subject(SUBJECT + name);
            return;
        }
        throw new OAuth2AuthenticationException(new OAuth2Error(
                OAuth2ErrorCodes.INVALID_REQUEST,
                PARAMETER + " must name a shopper by 1 to 40 lower-case letters, digits and hyphens",
                null));
    }
}
