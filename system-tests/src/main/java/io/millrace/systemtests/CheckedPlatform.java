package io.millrace.systemtests;

import io.millrace.local.LocalPlatform;
import io.millrace.local.PlatformProcess;
import io.millrace.local.PlatformSettings;
import io.millrace.systemtests.oracle.Oracle;
import io.millrace.systemtests.shop.Buyers;
import io.millrace.systemtests.shop.ShopClient;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A platform that was started to be checked or measured, with throw-away data. */
public final class CheckedPlatform implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    private final LocalPlatform platform;
    private final ShopClient shop;
    private final Buyers buyers;
    private final Progress progress;

    private CheckedPlatform(LocalPlatform platform, Progress progress) {
        this.platform = platform;
        this.progress = progress;
        this.shop = new ShopClient(platform.url(), platform::token);
        this.buyers = new Buyers(platform.data().resolve("keys"), platform.url() + "/identity", "buyer");
    }

    /** Starts one; says how that goes. A platform that is left over when this JVM is told to end ends with it. */
    public static CheckedPlatform start(PlatformSettings settings, Progress progress) {
        progress.say("starting a platform");
        LocalPlatform platform = LocalPlatform.prepare(settings, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "stop"));
        try {
            platform.run();
        } catch (RuntimeException e) { // whatever it was: nothing may be left running
            platform.close();
            throw e;
        }
        return new CheckedPlatform(platform, progress);
    }

    /** The platform, to be maltreated. */
    public LocalPlatform platform() {
        return platform;
    }

    /** Its shop. */
    public ShopClient shop() {
        return shop;
    }

    /** Its customers. */
    public Buyers buyers() {
        return buyers;
    }

    /** What must hold. */
    public Oracle oracle() {
        return new Oracle(platform, progress);
    }

    /** A process. */
    public PlatformProcess process(String name) {
        return platform.process(name);
    }

    /** Kills a process and waits until it serves again. */
    public void killAndAwait(String name) {
        PlatformProcess process = process(name);
        int restarts = process.restarts();
        long began = System.nanoTime();
        progress.say("kill -9 " + name);
        process.kill();
        while (process.restarts() == restarts) {
            if (System.nanoTime() - began > READY_WITHIN.toNanos()) {
                throw new IllegalStateException(name + " is not started again");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while " + name + " is started again", e);
            }
        }
        process.awaitReady(READY_WITHIN);
        progress.say(
                String.format(Locale.ROOT, "%s serves again after %.1f s", name, (System.nanoTime() - began) / 1e9));
    }

    @Override
    public void close() {
        progress.say("stopping the platform");
        shop.close();
        platform.close();
    }
}
