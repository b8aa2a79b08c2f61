package io.millrace.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Access tokens of the demo users, by the client-credentials grant (RFC 6749, section 4.4).
 *
 * @param endpoint where tokens are made
 * @param secret the users' common secret, made for this data directory
 */
public record DemoTokens(URI endpoint, String secret) {

    /** Everybody there is; {@code shop} is a machine. */
    public static final List<String> USERS = List.of("customer", "customer2", "operator", "analyst", "admin", "shop");

    /** Sets what they log in with at the console. */
    public static final String PASSWORD_SETTING = "MILLRACE_IDENTITY_DEMOPASSWORD";

    /** The same where nothing is set; they exist on this machine only. */
    public static final String USUAL_PASSWORD = "demo";

    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final int MILLIS = 10_000;

    /**
     * A fresh token.
     *
     * @throws PlatformException when there is no such user, or identity does not answer
     */
    public String of(String user) {
        if (!USERS.contains(user)) {
            throw new PlatformException("no such user: " + user + "; there are " + String.join(", ", USERS));
        }
        try {
            HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
            connection.setConnectTimeout(MILLIS);
            connection.setReadTimeout(MILLIS);
            connection.setDoOutput(true);
            connection.setRequestProperty("Authorization", "Basic " + basic(user));
            connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
            try (OutputStream out = connection.getOutputStream()) {
                out.write("grant_type=client_credentials".getBytes(StandardCharsets.US_ASCII));
            }
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new PlatformException("identity gives no token to " + user + ": HTTP " + status);
            }
            try (InputStream in = connection.getInputStream()) {
                return token(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new PlatformException("identity does not answer at " + endpoint + ": " + e.getMessage(), e);
        }
    }

    private String basic(String user) {
        return Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static String token(String json) {
        Matcher matcher = TOKEN.matcher(json);
        if (!matcher.find()) {
            throw new PlatformException("identity's answer holds no access_token");
        }
        return matcher.group(1);
    }
}
