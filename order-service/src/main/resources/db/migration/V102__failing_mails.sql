-- Since when a mail fails, and since when the server would not take it: how long it has waited tells neither, as the server
-- may have been away before it was tried.
alter table notifications
    add column failing_since  timestamptz,
    add column deferred_since timestamptz;

comment on column notifications.status is
    'WAITING, SENT, FAILED, or OMITTED: the order had ended before there were mails, and none is owed';
comment on column notifications.due_at is
    'when somebody is to try it next, by the database''s clock; null when it is settled, infinity when it can''t be read';
comment on column notifications.failing_since is 'when a try failed first, for whatever reason; null before that';
comment on column notifications.deferred_since is 'when the server first answered that it would not take this mail now';

create index notifications_failing on notifications (failing_since) where due_at is not null and failing_since is not null;

-- An attempt that can't be read is set aside, due at infinity, until the service starts again.
alter table payment_attempts add column failure text;
comment on column payment_attempts.failure is 'why it can''t be worked on; null when it can';

-- Whoever ended before there were mails hears nothing now: the events of 30 days are read from the first when this begins.
-- No event is known to have caused these rows, hence the id of none.
insert into notifications (order_id, kind, status, caused_by, occurred_at, created_at)
select id,
       case status when 'REJECTED' then 'ORDER_REJECTED' when 'EXPIRED' then 'ORDER_EXPIRED' else 'ORDER_CONFIRMED' end,
       'OMITTED', '00000000-0000-0000-0000-000000000000', ended_at, ended_at
  from (select id, status, coalesce((history -> -1 ->> 'at')::timestamptz, placed_at) as ended_at
          from orders
         where status in ('CONFIRMED', 'COMPLETED', 'REJECTED', 'EXPIRED')) ended
 where ended_at < coalesce((select min(created_at) from notifications), now())
    on conflict do nothing;
