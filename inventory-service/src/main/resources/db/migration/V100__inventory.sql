-- The catalogue: one row for each product that was ever listed. Text that is a key is collated "C": bytes decide its order,
-- here and in Java alike.
create table products (
    sku         text collate "C" primary key,
    version     bigint      not null check (version >= 0),
    listed      boolean     not null,
    name        text        not null,
    price_minor bigint      not null check (price_minor >= 0),
    currency    text        not null,
    category    text collate "C",
    updated_at  timestamptz not null
);

comment on column products.version is 'sequence of the product''s events on catalogue.items.v1';

create index products_by_category on products (category, sku) where listed;

-- What lies at a location, and what is promised of it. Every hold rewrites a row, so room is left on each page for the new
-- version to stay beside the old. The database itself refuses to promise what is not there.
create table levels (
    sku         text collate "C",
    location    text collate "C",
    on_hand     bigint not null default 0 check (on_hand >= 0),
    held        bigint not null default 0 check (held >= 0),
    allocated   bigint not null default 0 check (allocated >= 0),
    quarantined bigint not null default 0 check (quarantined >= 0),
    short       bigint not null default 0 check (short >= 0),
    incoming    bigint not null default 0 check (incoming >= 0),
    version     bigint not null default 1,
    primary key (sku, location),
    constraint levels_never_oversold check (on_hand + short - held - allocated - quarantined >= 0)
) with (fillfactor = 40, autovacuum_vacuum_scale_factor = 0.05);

comment on column levels.held is 'promised to orders that are undecided';
comment on column levels.allocated is 'promised to confirmed orders, until it leaves';
comment on column levels.short is 'promised and missing on the shelf';
comment on column levels.incoming is 'announced by suppliers; not part of on_hand';

-- Every change of on_hand, for ever. Holds, allocations and releases leave on_hand alone and follow from reservations.
create table movements (
    id             bigint generated always as identity primary key,
    kind           text        not null check (kind in ('RECEIPT')),
    sku            text collate "C" not null,
    location       text collate "C" not null,
    on_hand_change bigint      not null check (on_hand_change <> 0),
    source         text        not null,
    source_id      text        not null,
    at             timestamptz not null
);

create index movements_of_level on movements (sku, location);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'movements are never changed: correct one by another';
end $$;

create trigger movements_are_immutable before update or delete on movements
    for each statement execute function refuse_change();

-- Which receipts were booked, by the id their source gave them: what makes sending one again harmless.
create table receipts (
    source      text        not null,
    receipt_id  text        not null,
    sku         text        not null,
    location    text        not null,
    quantity    integer     not null check (quantity >= 1),
    received_at timestamptz not null,
    primary key (source, receipt_id)
);

-- The version each product's availability was last published under. The row is the lock under which levels come into being
-- and availability is published.
create table availability (
    sku     text collate "C" primary key,
    version bigint not null default 0
) with (fillfactor = 70);

-- Products whose availability has changed since it was published. Small at all times.
create table availability_changes (
    sku text collate "C" primary key
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- One narrow row for each order: what is promised to it. It is rewritten once or twice.
create table reservations (
    order_id   uuid primary key,
    status     text        not null check (status in ('HELD', 'ALLOCATED', 'RELEASED', 'REJECTED')),
    applied    bigint      not null,
    created_at timestamptz not null,
    holds      jsonb       not null
) with (fillfactor = 60);

comment on column reservations.applied is 'sequence of the order''s event that led to the status';
comment on column reservations.holds is '[[sku, location, quantity], ...]; empty where nothing was ever held';

create index reservations_by_age on reservations using brin (created_at);

-- How far the hourly re-publication of current state has come.
create table republications (
    name   text primary key,
    after  text collate "C" not null default '',
    due_at timestamptz      not null
);

insert into republications (name, due_at)
values ('catalogue', clock_timestamp() + interval '1 hour'), ('availability', clock_timestamp() + interval '1 hour');

-- The oracle: what every level must be by movements and open reservations. Empty of rows that are not conserved, or stock was
-- made from nothing, lost, or promised twice.
create view stock_conservation as
with moved as (
    select sku, location, sum(on_hand_change) as on_hand from movements group by sku, location
), promised as (
    select (hold ->> 0) collate "C"                                             as sku,
           (hold ->> 1) collate "C"                                             as location,
           sum((hold ->> 2)::bigint) filter (where status = 'HELD')             as held,
           sum((hold ->> 2)::bigint) filter (where status = 'ALLOCATED')        as allocated
      from reservations cross join lateral jsonb_array_elements(holds) as hold
     where status in ('HELD', 'ALLOCATED')
     group by 1, 2
)
select sku,
       location,
       coalesce(levels.on_hand, 0)                                                       as on_hand,
       coalesce(levels.held, 0)                                                          as held,
       coalesce(levels.allocated, 0)                                                     as allocated,
       coalesce(levels.quarantined, 0)                                                   as quarantined,
       coalesce(levels.short, 0)                                                         as short,
       levels.on_hand + levels.short - levels.held - levels.allocated - levels.quarantined as available,
       coalesce(moved.on_hand, 0)                                                        as moved_on_hand,
       coalesce(promised.held, 0)                                                        as reserved_held,
       coalesce(promised.allocated, 0)                                                   as reserved_allocated,
       coalesce(levels.on_hand = coalesce(moved.on_hand, 0)
                and levels.held = coalesce(promised.held, 0)
                and levels.allocated = coalesce(promised.allocated, 0)
                and levels.on_hand + levels.short - levels.held - levels.allocated - levels.quarantined >= 0,
                false)                                                                   as conserved
  from levels
  full join moved using (sku, location)
  full join promised using (sku, location);
