-- Earlier versions made the outbox's tables too, which this service, publishing no events, never used.
do $$
begin
    if to_regclass('outbox') is not null then
        drop table outbox, outbox_lease, outbox_published;
    end if;
end
$$;
