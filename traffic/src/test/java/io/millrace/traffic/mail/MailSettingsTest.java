package io.millrace.traffic.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailSettingsTest {

    @Test
    void takesTheUsualWhereNothingIsSaid() {
        MailSettings usual = MailSettings.fromEnvironment(Map.of());
        assertThat(usual).isEqualTo(MailSettings.of(Path.of("data/mail")));
        assertThat(usual.host()).isEqualTo("127.0.0.1");
        assertThat(usual.folder().keptKeys()).isEqualTo(10_000);
    }

    @Test
    void readsTheEnvironment() {
        MailSettings read = MailSettings.fromEnvironment(Map.of(
                "MILLRACE_MAIL_HOST", "0.0.0.0",
                "MILLRACE_MAIL_SMTP_PORT", "2525",
                "MILLRACE_MAIL_HTTP_PORT", "0",
                "MILLRACE_MAIL_FOLDER", "elsewhere",
                "MILLRACE_MAIL_KEPT", "5"));
        assertThat(read.host()).isEqualTo("0.0.0.0");
        assertThat(read.smtpPort()).isEqualTo(2525);
        assertThat(read.httpPort()).isZero();
        assertThat(read.folder().directory()).isEqualTo(Path.of("elsewhere"));
        assertThat(read.folder().keptKeys()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"MILLRACE_MAIL_SMTP_PORT, x", "MILLRACE_MAIL_HTTP_PORT, 65536", "MILLRACE_MAIL_SMTP_PORT, -1"})
    void refusesAPortThatIsNoneByItsName(String name, String value) {
        assertThatThrownBy(() -> MailSettings.fromEnvironment(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({"0", "100001"})
    void refusesToKeepNoneOrTooMany(String kept) {
        assertThatThrownBy(() -> MailSettings.fromEnvironment(Map.of("MILLRACE_MAIL_KEPT", kept)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Bounce@x, BOUNCES",
        "bounce-1@x, BOUNCES",
        "greylisted@x, GREYLISTS",
        "SLOW@x, SLOW",
        "ada.slow@x, TAKES",
        "x@bounce.example, TAKES"
    })
    void tellsARecipientsBehaviourByTheBeginningOfItsName(String recipient, RecipientBehaviour behaviour) {
        assertThat(RecipientBehaviour.of(recipient)).isEqualTo(behaviour);
    }
}
