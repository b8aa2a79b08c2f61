package io.millrace.traffic.shoppers;

/**
 * A product, as far as shoppers care.
 *
 * @param sku the product
 * @param price of a unit, in minor units
 * @param currency ISO 4217 code
 * @param category path such as {@code kitchen/tea}; empty where the shop gives none
 */
record Product(String sku, long price, String currency, String category) {

    /** The first word of the category. */
    String department() {
        int slash = category.indexOf('/');
        return slash < 0 ? category : category.substring(0, slash);
    }
}
