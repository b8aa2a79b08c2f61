-- What is known of one order, in one row, whichever was heard of first: what scoring decided, the case that was opened for
-- it, and that the order has ended. One row, so that two consumers that hear of both at once wait for each other.
create table screening (
    order_id       uuid primary key,
    decision_id    uuid,
    customer_id    text,
    amount_minor   bigint,
    currency       text,
    outcome        text,
    score          double precision,
    reasons        jsonb,
    rules_version  text,
    transaction_at timestamptz,
    case_status    text check (case_status in ('OPEN', 'APPROVED', 'DECLINED', 'CLOSED')),
    ruled_by       text,
    ruled_at       timestamptz,
    note           text,
    order_ending   text,
    recorded_at    timestamptz not null default now()
) with (fillfactor = 90);

comment on column screening.decision_id is 'ce_id of the decision; null while only the order''s ending is known';
comment on column screening.case_status is 'null where no case was needed';
comment on column screening.order_ending is 'how the order ended without the case''s help; null while it has not';

-- The queue of cases, in the order in which they are worked.
create index screening_cases on screening (case_status, transaction_at, order_id) where case_status is not null;
-- Rows are recorded in order, so a coarse index finds the old ones.
create index screening_recorded on screening using brin (recorded_at);
