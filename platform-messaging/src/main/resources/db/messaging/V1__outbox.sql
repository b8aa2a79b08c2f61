-- Events committed with the state they tell of and not yet acknowledged by the brokers. Small at all times: a row leaves
-- it for outbox_published as soon as it is acknowledged.
create table outbox (
    id             bigint generated always as identity primary key,
    event_id       uuid        not null,
    topic          text        not null,
    record_key     text        not null,
    lane           smallint    not null,
    type           text        not null,
    subject        text        not null,
    sequence       bigint      not null,
    occurred_at    timestamptz not null,
    correlation_id text        not null,
    causation_id   uuid,
    traceparent    text,
    payload        bytea       not null,
    created_at     timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

comment on column outbox.lane is 'hash of the record key modulo 60: what a failing send holds back';

-- Who may publish. The epoch grows with every change of holder, so that a former holder can be told from the present one.
create table outbox_lease (
    name       text primary key,
    epoch      bigint      not null,
    holder     text        not null,
    expires_at timestamptz not null
);

insert into outbox_lease values ('relay', 0, '', '-infinity');

-- What the brokers have acknowledged, kept for a while so that it can be sent again. Partitions are made and dropped by day.
create table outbox_published (
    event_id       uuid        not null,
    topic          text        not null,
    record_key     text        not null,
    type           text        not null,
    subject        text        not null,
    sequence       bigint      not null,
    occurred_at    timestamptz not null,
    correlation_id text        not null,
    causation_id   uuid,
    traceparent    text,
    payload        bytea       not null,
    created_at     timestamptz not null,
    published_at   timestamptz not null
) partition by range (published_at);
