-- A mail owed to a customer about an order, at most one of each kind. What it says and to whom is read from the order when it
-- is sent. Room is left on each page, as every row is rewritten when it is taken and when it is settled.
create table notifications (
    order_id       uuid        not null,
    kind           text        not null,
    reason         text,
    status         text        not null default 'WAITING',
    tries          integer     not null default 0,
    due_at         timestamptz,
    caused_by      uuid        not null,
    occurred_at    timestamptz not null,
    created_at     timestamptz not null,
    event_sequence bigint,
    failure        text,
    primary key (order_id, kind)
) with (fillfactor = 70);

comment on column notifications.reason is 'why the order was refused; null for other kinds';
comment on column notifications.status is 'WAITING, SENT or FAILED';
comment on column notifications.due_at is 'when somebody is to try it next, by the database''s clock; null when it is settled';
comment on column notifications.caused_by is 'id of the event on order.events.v1 that it tells of';
comment on column notifications.occurred_at is 'when that happened: the date of the mail, the same at every try';
comment on column notifications.event_sequence is 'sequence of the outcome on notification.events.v1; null while it waits';

-- Only what waits: both are as small as the backlog.
create index notifications_due on notifications (due_at) where due_at is not null;
create index notifications_oldest on notifications (created_at) where due_at is not null;
-- For deleting what is past its time.
create index notifications_by_age on notifications using brin (created_at);
