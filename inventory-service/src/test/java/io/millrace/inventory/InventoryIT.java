package io.millrace.inventory;

import io.millrace.testing.infra.RealInfrastructure;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** A test of the whole service, on a real broker and database, with tokens of a real issuer. All share one context. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = InventoryApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "millrace.catalogue.import-max-body=256KB"})
@Import({RealInfrastructure.class, InventoryFixtures.class})
public @interface InventoryIT {}
