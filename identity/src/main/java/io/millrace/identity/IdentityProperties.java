package io.millrace.identity;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How tokens are made.
 *
 * @param demo must be true: whoever runs this knows that its users are no secret
 * @param issuer {@code iss} of every token: the address people reach this service at, with {@code /identity}
 * @param audience {@code aud} of every token
 * @param keyFolder where the signing key is kept; made at the first start, so that tokens outlive a restart
 * @param demoSecret client secret of every demo user, at least 32 characters, random for each installation
 * @param demoPassword what every demo user logs in with by browser, at most 200 characters
 * @param tokenLife how long a token is good
 * @param loginLife how long a login by browser lasts without use, more than the 10 minutes the form is waited for. It is
 *     longer than a token's life, so that a page can renew its token without asking its user again
 */
@Validated
@ConfigurationProperties("millrace.identity")
record IdentityProperties(
        boolean demo,

        @DefaultValue("http://localhost:8080/identity") @NotBlank
        String issuer,

        @DefaultValue("millrace") @NotBlank String audience,
        @DefaultValue("data/keys") Path keyFolder,

        @DefaultValue("") @Size(min = 32, max = 200, message = "must have 32 to 200 characters") String demoSecret,

        @DefaultValue("demo") @NotBlank @Size(max = 200) String demoPassword,

        @DefaultValue("1h") Duration tokenLife,
        @DefaultValue("2h") Duration loginLife) {

    @AssertTrue(message = "loginLife must be longer than the 10 minutes the form is waited for") boolean isLoginLasting() {
        return loginLife.compareTo(LoginConfiguration.FORM_LIFE) > 0;
    }

    /** The address people know the whole platform by: this issuer's, without its path. Pages log in from there. */
    String frontDoor() {
        return URI.create(issuer).resolve("/").toString();
    }
}
