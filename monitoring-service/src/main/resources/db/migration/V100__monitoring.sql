-- Everything that is read from topics stands in partitions by the UTC day of its ingestion, not of its own time: a record
-- that claims any time at all finds a partition. Partitions are made ahead and dropped whole by the service.

-- How far each partition of each topic has been stored. Moved in the transaction that stores the records: a record that is
-- delivered again is known by its offset and stored no second time.
create table ingest_position (
    topic       text   not null,
    partition   int    not null,
    topic_id    uuid   not null,
    next_offset bigint not null,
    primary key (topic, partition)
) with (fillfactor = 50);

comment on column ingest_position.topic_id is 'the brokers'' id of the topic: one made anew under the name begins anew';

create table event (
    ingested_at    timestamptz not null,
    topic          text        not null,
    partition      int         not null,
    record_offset  bigint      not null,
    record_key     text,
    event_id       text,
    type           text        not null,
    source         text,
    event_time     timestamptz not null,
    subject        text,
    sequence       bigint,
    correlation_id text,
    order_id       uuid,
    causation_id   text,
    trace_id       text,
    data           text        not null
) partition by range (ingested_at);

comment on column event.order_id is 'the correlation id where it has the form of an order''s id';
comment on column event.data is 'JSON as it was sent; jsonb would refuse U+0000 and cost its parsing';

create index event_of_order on event (order_id) where order_id is not null;

create table log_record (
    ingested_at timestamptz not null,
    id          bigint generated always as identity (cache 1000),
    time        timestamptz not null,
    severity    smallint    not null,
    service     text        not null,
    instance    text        not null,
    logger      text        not null,
    message     text        not null,
    thread      text,
    trace_id    text,
    span_id     text,
    order_id    uuid,
    exception   text,
    attributes  text        not null
) partition by range (ingested_at);

comment on column log_record.severity is 'OpenTelemetry''s severity number, 0 (unknown) to 24';

-- The order in which logs are read.
create index log_record_newest on log_record (time, id);
create index log_record_errors on log_record (time, id) where severity >= 17;
create index log_record_of_order on log_record (order_id, time) where order_id is not null;
create index log_record_of_trace on log_record (trace_id) where trace_id is not null;

create table metric_sample (
    ingested_at timestamptz      not null,
    time        timestamptz      not null,
    service     text             not null,
    instance    text             not null,
    name        text             not null,
    kind        text             not null,
    value       double precision not null,
    count       bigint,
    attributes  text             not null
) partition by range (ingested_at);

comment on column metric_sample.value is 'of a histogram or summary the sum of what was observed, and count how often';

create index metric_sample_series on metric_sample (name, time);

create table span (
    ingested_at    timestamptz not null,
    trace_id       text        not null,
    span_id        text        not null,
    parent_id      text,
    service        text        not null,
    instance       text        not null,
    name           text        not null,
    kind           smallint    not null,
    started_at     timestamptz not null,
    duration_nanos bigint      not null,
    failed         boolean     not null,
    attributes     text        not null
) partition by range (ingested_at);

create index span_of_trace on span (trace_id);

-- What is known of an order's way, so that an event that was published twice is counted once.
create table order_progress (
    order_id     uuid primary key,
    placed_at    timestamptz,
    held_at      timestamptz,
    confirmed_at timestamptz,
    rejected_at  timestamptz,
    expired_at   timestamptz,
    recorded_at  timestamptz not null
) with (fillfactor = 80);

-- Rows are recorded in order, so a coarse index finds the old ones.
create index order_progress_recorded on order_progress using brin (recorded_at);

-- Orders by minute of the events' own time: measure 'outcome' with the outcome as label, 'rejection' with the reason,
-- 'confirmed-within' with the number of a bucket of time.
create table order_minute (
    minute  timestamptz not null,
    measure text        not null,
    label   text        not null,
    orders  bigint      not null,
    primary key (minute, measure, label)
) with (fillfactor = 50);

-- Every process that has sent telemetry, and when it last did.
create table service_instance (
    service   text        not null,
    instance  text        not null,
    last_seen timestamptz not null,
    primary key (service, instance)
) with (fillfactor = 50);

-- The newest value of the few metrics that the summary shows.
create table watched_metric (
    service  text             not null,
    instance text             not null,
    name     text             not null,
    value    double precision not null,
    time     timestamptz      not null,
    primary key (service, instance, name)
) with (fillfactor = 50);

-- Records stored in each second, by kind.
create table ingest_second (
    second  timestamptz not null,
    kind    text        not null,
    records bigint      not null,
    primary key (second, kind)
) with (fillfactor = 50);
