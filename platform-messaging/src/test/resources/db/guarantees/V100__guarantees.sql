-- What the writers committed: the truth the topic and the effects are held against.
create table aggregates (id integer primary key, sequence bigint not null);
create table facts (
    aggregate integer not null,
    sequence  bigint  not null,
    primary key (aggregate, sequence)
);

-- What the consumers did about it, keyed by the effect; applied counts how often it took place.
create table effects (
    aggregate integer not null,
    sequence  bigint  not null,
    primary key (aggregate, sequence)
);
create table progress (aggregate integer primary key, last_sequence bigint not null, total bigint not null);
-- Writers that have ended, by the process they ran in: until then more may be committed.
create table writers_ended (pid bigint not null);
create table violations (aggregate integer, last_sequence bigint, sequence bigint);

insert into aggregates select id, 0 from generate_series(0, 39) id;
insert into progress select id, 0, 0 from generate_series(0, 39) id;
