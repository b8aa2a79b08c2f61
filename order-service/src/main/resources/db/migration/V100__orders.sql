-- What changes of an order: narrow, as every answer rewrites the row. Room is left on each page so that the new version of
-- a row stays beside the old and no index is touched.
create table orders (
    id                   uuid primary key,
    customer_id          text        not null,
    status               text        not null,
    stock                text        not null,
    fraud                text        not null,
    payment              text        not null,
    rejection            text,
    total_minor          bigint      not null check (total_minor >= 0),
    currency             text        not null,
    placed_at            timestamptz not null,
    decide_by            timestamptz not null,
    order_sequence       bigint      not null,
    transaction_sequence bigint      not null,
    version              bigint      not null,
    history              jsonb       not null
) with (fillfactor = 70);

comment on column orders.order_sequence is 'last sequence used on order.events.v1';
comment on column orders.transaction_sequence is 'last sequence used on transaction.events.v1';
comment on column orders.history is 'every transition: [{from, to, at, cause}]';

create index orders_undecided on orders (decide_by) where status in ('PENDING', 'ON_HOLD');
create index orders_of_customer on orders (customer_id, id);

-- What never changes of an order. Its decide_by is the one it was placed with.
create table order_contents (
    order_id      uuid primary key,
    lines         jsonb not null,
    ship_to       jsonb not null,
    email         text  not null,
    payment_token text  not null,
    visitor_id    text,
    device_id     text,
    decide_by     timestamptz not null
);

-- Which order a key has led to. The key is a hash over client, subject, route and the key the client sent.
create table idempotency_keys (
    key          uuid primary key,
    request_hash uuid        not null,
    order_id     uuid        not null,
    created_at   timestamptz not null
);
create index idempotency_keys_by_age on idempotency_keys using brin (created_at);

-- The catalogue as this service knows it: read from catalogue.items.v1.
create table prices (
    sku         text primary key,
    version     bigint not null,
    listed      boolean not null,
    name        text,
    price_minor bigint check (price_minor >= 0),
    currency    text,
    check (not listed or (name is not null and price_minor is not null and currency is not null))
);

-- One row once the catalogue has been read to its end for the first time in this database's life.
create table catalogue_first_read (
    one     boolean primary key default true check (one),
    read_at timestamptz not null
);

-- A try to get money for an order. It outlives the order until it is settled.
create table payment_attempts (
    id             uuid primary key,
    order_id       uuid        not null,
    amount_minor   bigint      not null check (amount_minor >= 0),
    currency       text        not null,
    payment_token  text        not null,
    status         text        not null,
    void_requested boolean     not null default false,
    tries          integer     not null default 0,
    due_at         timestamptz,
    code           text,
    created_at     timestamptz not null,
    updated_at     timestamptz not null
) with (fillfactor = 70);

comment on column payment_attempts.due_at is 'when somebody is to look at it next; null when it is settled';

create index payment_attempts_due on payment_attempts (due_at) where due_at is not null;
create index payment_attempts_of_order on payment_attempts (order_id);
