package io.millrace.order.notification.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.order.notification.Mail;
import io.millrace.order.notification.MailGateway.Answer;
import io.millrace.order.notification.MailGateway.Away;
import io.millrace.order.notification.MailGateway.Deferred;
import io.millrace.order.notification.MailGateway.Taken;
import io.millrace.order.notification.NotificationProperties;
import java.io.IOException;
import java.net.URL;
import java.time.Instant;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SmtpMailGatewayTest {

    private static final Mail MAIL = new Mail(
            "<1.confirmed@shop.example>",
            "ada@example.org",
            "Zo\u00eb",
            "Your order",
            "Hello Zo\u00eb,\n",
            Instant.parse("2026-05-04T10:15:30Z"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            421 4.3.2 going down          | Away
            530 5.7.0 log in first        | Away
            550 5.7.1 relaying denied     | Deferred
            554 5.7.26 not authenticated  | Deferred
            hang up                       | Away
            550 5.1.1 nobody of this name | Refused
            550 nobody, call 5.7.1        | Refused
            553 5.1.3 not an address      | Refused
            450 4.7.1 greylisted          | Deferred
            452 4.2.2 mailbox full        | Deferred
            552 too many recipients       | Deferred
            """)
    void tellsARefusedRecipientFromARefusedSender(String reply, String answer) throws Exception {
        assertThat(sent(Map.of("RCPT", reply)).getClass().getSimpleName()).isEqualTo(answer);
    }

    @Test
    void readsTheFirstOfSeveralLines() throws Exception {
        assertThat(sent(Map.of("RCPT", "550-5.7.1 your host\r\n550 5.7.1 is not welcome")))
                .isInstanceOf(Deferred.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MAIL | 550 5.7.1 who are you | Away
            DATA | 421 going down        | Away
            DATA | 530 log in first      | Away
            .    | 554 5.7.1 spam        | Refused
            .    | 451 later             | Deferred
            .    | hang up               | Away
            """)
    void tellsARefusedMailFromARefusedSession(String command, String reply, String answer) throws Exception {
        assertThat(sent(Map.of(command, reply)).getClass().getSimpleName()).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO", "RCPT", "."})
    void breaksOffWithAServerThatSendsAByteNowAndThen(String command) throws Exception {
        try (ScriptedMailServer server = ScriptedMailServer.start(Map.of(command, ScriptedMailServer.DRIP))) {
            SmtpMailGateway gateway = gateway(server, "100ms");
            CompletableFuture<Answer> answer =
                    CompletableFuture.supplyAsync(() -> gateway.send(MAIL), Thread::startVirtualThread);
            // At 16 times the timeout; a read never takes as long as the timeout, so nothing else ends it.
            assertThat(answer.get(30, TimeUnit.SECONDS)).isInstanceOf(Away.class);
            gateway.destroy();
        }
    }

    @Test
    void keepsAConnectionWhoseTimeWasNotOver() throws Exception {
        try (ScriptedMailServer server = ScriptedMailServer.start(Map.of())) {
            SmtpMailGateway gateway = gateway(server, "5s");
            assertThat(gateway.send(MAIL)).isEqualTo(new Taken());
            assertThat(gateway.send(MAIL)).isEqualTo(new Taken());
            assertThat(server.connections()).isEqualTo(1);
            gateway.destroy();
        }
    }

    @Test
    void searchesTheClassPathForNothingWhileItSends() throws Exception {
        List<String> searched = new CopyOnWriteArrayList<>();
        Thread thread = Thread.currentThread();
        ClassLoader present = thread.getContextClassLoader();
        try (ScriptedMailServer server = ScriptedMailServer.start(Map.of())) {
            SmtpMailGateway gateway = gateway(server, "5s");
            thread.setContextClassLoader(new ClassLoader(present) {
                @Override
                public Enumeration<URL> getResources(String name) throws IOException {
                    searched.add(name);
                    return super.getResources(name);
                }
            });
            assertThat(gateway.send(MAIL)).isEqualTo(new Taken());
            // What is found once for all mails is not what this is about.
            searched.clear();
            assertThat(gateway.send(MAIL)).isEqualTo(new Taken());
            gateway.destroy();
        } finally {
            thread.setContextClassLoader(present);
        }
        assertThat(searched).isEmpty();
    }

    private static Answer sent(Map<String, String> answers) throws IOException {
        try (ScriptedMailServer server = ScriptedMailServer.start(answers)) {
            SmtpMailGateway gateway = gateway(server, "5s");
            Answer answer = gateway.send(MAIL);
            gateway.destroy();
            return answer;
        }
    }

    private static SmtpMailGateway gateway(ScriptedMailServer server, String timeout) {
        Map<String, String> settings = Map.of(
                "millrace.notification.host",
                "127.0.0.1",
                "millrace.notification.port",
                String.valueOf(server.port()),
                "millrace.notification.timeout",
                timeout);
        return new SmtpMailGateway(new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("millrace.notification", Bindable.of(NotificationProperties.class)));
    }
}
