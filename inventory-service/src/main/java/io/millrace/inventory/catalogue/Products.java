package io.millrace.inventory.catalogue;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The products that are or were in the catalogue. */
interface Products extends Repository<Product, String> {

    Optional<Product> findBySkuAndListedTrue(String sku);

    /** The product under lock until the transaction's end. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select p from Product p where p.sku = :sku")
    Optional<Product> lock(String sku);

    @Query("select p from Product p where p.listed and p.sku > :after order by p.sku")
    List<Product> page(String after, Limit limit);

    /** {@code from} and {@code to} enclose everything below the category: its own name, and what a slash follows. */
    @Query("""
            select p from Product p
             where p.listed and (p.category = :category or (p.category >= :from and p.category < :to)) and p.sku > :after
             order by p.sku
            """)
    List<Product> page(String category, String from, String to, String after, Limit limit);

    /** Listed or not, under a lock that lets others read and keeps them from changing. */
    @Lock(LockModeType.PESSIMISTIC_READ)
    @Query("select p from Product p where p.sku > :after order by p.sku")
    List<Product> lockPage(String after, Limit limit);
}
