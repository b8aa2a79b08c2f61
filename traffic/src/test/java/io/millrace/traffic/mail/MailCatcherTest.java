package io.millrace.traffic.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.traffic.journal.JournalException;
import io.millrace.traffic.journal.JournalSettings;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MailCatcherTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private MailCatcher catcher;
    private Sender sender;

    @BeforeEach
    void open() throws Exception {
        catcher = MailCatcher.start(settings());
        sender = new Sender(catcher.smtpPort());
    }

    @AfterEach
    void close() throws Exception {
        sender.close();
        catcher.close();
        http.close();
    }

    private MailSettings settings() {
        return MailSettings.of(folder).withPorts(0, 0).withSlow(Duration.ofMillis(300));
    }

    private void restart(MailSettings settings) throws Exception {
        sender.close();
        catcher.close();
        catcher = MailCatcher.start(settings);
        sender = new Sender(catcher.smtpPort());
    }

    @Test
    void keepsAMailAndShowsItAlsoAfterARestart() throws Exception {
        sender.send(
                "<o1.confirmed@shop>",
                "ada@example.org",
                "Your order o1 \u2713",
                "Hello Zo\u00eb,\nit is on its way.\n.\n");
        JsonNode listed = only("/mail/messages");
        assertThat(listed.get("messageId").asString()).isEqualTo("<o1.confirmed@shop>");
        assertThat(listed.get("subject").asString()).isEqualTo("Your order o1 \u2713");
        assertThat(listed.at("/to/0").asString()).isEqualTo("ada@example.org");
        assertThat(listed.get("from").asString()).isNotEmpty();
        assertThat(listed.get("copies").asInt()).isEqualTo(1);
        String path = "/mail/messages/" + listed.get("id").asString();
        JsonNode whole = json(get(path));
        assertThat(whole.get("text").asString().lines()).containsExactly("Hello Zo\u00eb,", "it is on its way.", ".");
        assertThat(whole.get("headers").asString()).contains("Message-ID: <o1.confirmed@shop>");
        restart(settings());
        assertThat(json(get(path))).isEqualTo(whole);
        assertThat(only("/mail/messages")).isEqualTo(listed);
    }

    @Test
    void isOnTheDiskWhenItIsAnswered() throws Exception {
        sender.send("<o1@shop>", "ada@example.org", "kept", "text");
        // What a crash would leave, at this moment.
        Path crashed = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-crashed"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, crashed.resolve(file.getFileName()));
            }
        }
        try (MailCatcher other = MailCatcher.start(settings().withFolder(new JournalSettings(crashed, 100, 1 << 20)))) {
            assertThat(json(get(other, "/mail/messages"))
                            .at("/messages/0/subject")
                            .asString())
                    .isEqualTo("kept");
        }
    }

    @Test
    void countsRepeatsInsteadOfListingThemAlsoAcrossARestart() throws Exception {
        sender.send("<o1@shop>", "ada@example.org", "subject", "text");
        sender.send("<o1@shop>", "ada@example.org", "subject", "text");
        restart(settings());
        sender.send("<o1@shop>", "ada@example.org", "subject", "another text");
        JsonNode mail = only("/mail/messages");
        assertThat(mail.get("copies").asInt()).isEqualTo(3);
        assertThat(mail.get("differing").asInt()).isEqualTo(1);
        assertThat(json(get("/mail/messages/" + mail.get("id").asString()))
                        .get("text")
                        .asString()
                        .lines())
                .containsExactly("text");
        assertThat(get("/mail").body()).contains("3 times, 1 differing");
        // The same mail to somebody else is another.
        sender.send("<o1@shop>", "bob@example.org", "subject", "text");
        assertThat(subjects("/mail/messages")).hasSize(2);
    }

    @Test
    void takesMailsWithoutAnIdForDifferentOnes() throws Exception {
        sender.send("", "ada@example.org", "first", "text");
        sender.send("", "ada@example.org", "second", "text");
        assertThat(subjects("/mail/messages")).containsExactly("second", "first");
    }

    @Test
    void findsByRecipientAndByOrderPageByPage() throws Exception {
        for (int i = 1; i <= 5; i++) {
            sender.send("<order-" + i + ".confirmed@shop>", "ada" + i + "@example.org", "Mail " + i, "text");
        }
        assertThat(subjects("/mail/messages?to=ADA2@")).containsExactly("Mail 2");
        assertThat(subjects("/mail/messages?text=order-3")).containsExactly("Mail 3");
        assertThat(subjects("/mail/messages?text=mail%204")).containsExactly("Mail 4");
        assertThat(subjects("/mail/messages?to=ada1&text=order-3")).isEmpty();
        List<String> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json(get("/mail/messages?limit=2&cursor=" + cursor));
            page.get("messages").forEach(mail -> all.add(mail.get("subject").asString()));
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        assertThat(all).containsExactly("Mail 5", "Mail 4", "Mail 3", "Mail 2", "Mail 1");
    }

    @Test
    void forgetsTheOldestBeyondItsBound() throws Exception {
        MailSettings small = settings().withFolder(new JournalSettings(folder, 3, 4096));
        restart(small);
        for (int i = 1; i <= 20; i++) {
            sender.send("<" + i + "@shop>", "ada@example.org", "Mail " + i, "x".repeat(1000));
        }
        assertThat(subjects("/mail/messages")).containsExactly("Mail 20", "Mail 19", "Mail 18");
        restart(small);
        assertThat(subjects("/mail/messages")).containsExactly("Mail 20", "Mail 19", "Mail 18");
        try (Stream<Path> files = Files.list(folder)) {
            long bytes = files.mapToLong(file -> file.toFile().length()).sum();
            assertThat(bytes).isLessThan(20_000);
        }
    }

    /** Both the list and the disk forget what came last the longest ago. */
    @Test
    void listsAMailOnceThatComesAgainAfterItWasForgotten() throws Exception {
        MailSettings small = settings().withFolder(new JournalSettings(folder, 3, 4096));
        restart(small);
        sendEachAsLargeAsAFile("A", "B", "C", "A", "D", "B");
        assertThat(subjects("/mail/messages")).containsExactly("B", "D", "A");
        restart(small);
        assertThat(subjects("/mail/messages")).containsExactly("B", "D", "A");
        assertThat(get("/mail").body()).contains(">B<");
    }

    @Test
    void findsEveryMailItLists() throws Exception {
        restart(settings().withFolder(new JournalSettings(folder, 3, 4096)));
        for (String name : List.of("A", "B", "C", "A", "D", "B", "E", "D", "C", "C", "A")) {
            sendEachAsLargeAsAFile(name);
            for (JsonNode mail : json(get("/mail/messages")).get("messages")) {
                assertThat(get("/mail/messages/" + mail.get("id").asString()).statusCode())
                        .as(mail.get("subject").asString() + " after " + name)
                        .isEqualTo(200);
            }
        }
    }

    /** Nothing that compresses: each file of the journal holds one mail. */
    private void sendEachAsLargeAsAFile(String... names) throws Exception {
        String text = new Random(1)
                .ints(6_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        for (String name : names) {
            sender.send("<" + name + "@shop>", "ada@example.org", name, text);
        }
    }

    @Test
    void behavesAsItsRecipientsNamesSay() throws Exception {
        assertThatThrownBy(() -> sender.send("<1@shop>", "bounce-1@example.org", "s", "t"))
                .isInstanceOf(SendFailedException.class)
                .rootCause()
                .hasMessageContaining("550");
        assertThatThrownBy(() -> sender.send("<2@shop>", "greylist-1@example.org", "s", "t"))
                .isInstanceOf(SendFailedException.class);
        sender.send("<2@shop>", "greylist-1@example.org", "second try", "t");
        long before = System.nanoTime();
        sender.send("<3@shop>", "slow-1@example.org", "slow", "t");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(subjects("/mail/messages")).containsExactly("slow", "second try");
    }

    @Test
    void letsASlowRecipientHoldUpNobodyElseNorItsEnd() throws Exception {
        restart(settings().withSlow(Duration.ofMinutes(5)));
        CompletableFuture<Void> held = CompletableFuture.runAsync(() -> {
            try (Sender patient = new Sender(catcher.smtpPort())) {
                patient.send("<1@shop>", "slow@example.org", "slow", "t");
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        });
        sender.send("<2@shop>", "ada@example.org", "quick", "t");
        assertThat(subjects("/mail/messages")).containsExactly("quick");
        sender.close();
        catcher.close();
        await().atMost(SOON).until(held::isCompletedExceptionally);
        open();
    }

    @Test
    void refusesWhatIsTooLargeAndTakesTheNext() throws Exception {
        // Digits of a random number: nothing that compresses to a quarter.
        String large = new Random(1)
                .ints(200_000, '0', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThatThrownBy(() -> sender.send("<1@shop>", "ada@example.org", "large", large))
                .hasMessageContaining("552");
        assertThatThrownBy(() -> sender.send("<1@shop>", "ada@example.org", "larger", "x\n".repeat(200_000)))
                .hasMessageContaining("552");
        sender.send("<2@shop>", "ada@example.org", "small", "t");
        assertThat(subjects("/mail/messages")).containsExactly("small");
    }

    @Test
    void showsWhateverAMailSaysAsText() throws Exception {
        String script = "<script>alert(1)</script>&\"'\u0001<img src=x onerror=alert(2)>";
        sender.send("<1@shop>", "ada@example.org", script.replace("\u0001", ""), script);
        HttpResponse<String> list = get("/mail?to=%22%3E%3Cscript%3E");
        assertThat(list.body()).doesNotContain("<script>").contains("&quot;&gt;&lt;script&gt;");
        String id = only("/mail/messages").get("id").asString();
        for (String path : List.of("/mail", "/mail?id=" + id)) {
            HttpResponse<String> page = get(path);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none'; style-src 'sha256-")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe", "script-src");
            assertThat(page.body()).doesNotContain("<script", "<img").contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        }
        assertThat(get("/mail?id=" + id).body()).contains("&quot;&#39;\uFFFD&lt;img src=x");
    }

    @Test
    void showsAMailThatIsNoneAsItCame() throws Exception {
        String session = """
                EHLO x
                MAIL FROM:<>
                RCPT TO:<ada@example.org>
                DATA
                Content-Type: text/plain; charset=no-such
                Subject: =?no-such?Q?x?=

                raw \u00e9
                ..
                .
                QUIT
                """;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), catcher.smtpPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(session.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers).contains("250 kept");
        }
        JsonNode mail = only("/mail/messages");
        assertThat(json(get("/mail/messages/" + mail.get("id").asString()))
                        .get("text")
                        .asString())
                .contains("raw");
        assertThat(get("/mail?id=" + mail.get("id").asString()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mail/messages?limit=0",
                "/mail/messages?limit=201",
                "/mail/messages?limit=x",
                "/mail/messages?cursor=-1",
                "/mail?limit=999999999999999999999"
            })
    void refusesParametersOutOfRange(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("malformed-request");
    }

    @Test
    void answersForUnknownMailsPathsAndMethods() throws Exception {
        assertThat(get("/mail/messages/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/mail?id=nothing").statusCode()).isEqualTo(404);
        assertThat(get("/other").statusCode()).isEqualTo(404);
        assertThat(get("/mail/health").body()).contains("UP");
        HttpRequest delete = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + catcher.httpPort() + "/mail/messages"))
                .DELETE()
                .build();
        assertThat(http.send(delete, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void keepsASecondOneOutOfItsFolder() {
        assertThatThrownBy(() -> MailCatcher.start(settings())).isInstanceOf(JournalException.class);
    }

    private JsonNode only(String path) throws Exception {
        JsonNode messages = json(get(path)).get("messages");
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private List<String> subjects(String path) throws Exception {
        return json(get(path))
                .get("messages")
                .valueStream()
                .map(mail -> mail.get("subject").asString())
                .toList();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(catcher, path);
    }

    private HttpResponse<String> get(MailCatcher whose, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + whose.httpPort() + path);
        return http.send(HttpRequest.newBuilder(uri).timeout(SOON).build(), BodyHandlers.ofString());
    }
}
