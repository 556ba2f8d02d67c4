-- What an operator does with a message in quarantine: its state, and a history
-- of every action. Nothing is ever deleted, and no bytes change.
--
-- Locks: the new columns are a change of the catalogue, but their checks read
-- rejected_messages once, and the two indexes are built while nothing can be
-- put into the quarantine, so ingestion waits: about a second for a million
-- messages. They are not built concurrently, because two instances that start
-- together would then wait for each other. Releases before this one go on
-- working: they know only the columns that have no default.
alter table rejected_messages
    add column state text not null default 'open',
    add column displaced boolean not null default false,
    add constraint rejected_messages_state_check check (state in ('open', 'replayed', 'discarded'));

comment on column rejected_messages.state is 'open; replayed: it is an order, or repeats one; discarded: an operator decided that it is none.';
comment on column rejected_messages.displaced is 'It did not come here from the channel: it was an order, and another took its place.';

create index rejected_messages_state_idx on rejected_messages (state, reason, id);
create index rejected_messages_rejected_at_idx on rejected_messages (rejected_at);

create table rejected_actions (
    id         bigint generated always as identity,
    message_id bigint      not null,
    action     text        not null,
    outcome    text        not null,
    order_uid  text,
    note       text        not null,
    at         timestamptz not null,
    constraint rejected_actions_pkey primary key (id),
    constraint rejected_actions_message_id_fkey foreign key (message_id) references rejected_messages (id),
    constraint rejected_actions_outcome_check check (
        (action, outcome) in (('replay', 'stored'), ('replay', 'replaced'), ('replay', 'repeat'),
                              ('replay', 'invalid'), ('replay', 'conflict'),
                              ('displace', 'displaced'), ('discard', 'discarded')))
);

create index rejected_actions_message_id_idx on rejected_actions (message_id, id);
create index rejected_actions_outcome_idx on rejected_actions (outcome);

comment on table rejected_actions is 'Everything that was ever done with messages in quarantine.';
comment on column rejected_actions.outcome is 'stored and replaced made the message the order order_uid; repeat: it said the same as the stored one; invalid and conflict left it in quarantine.';
comment on column rejected_actions.note is 'What the operator said, or how the outcome came about.';

comment on table orders is 'One row an order. The first write wins. Only an operator who decides a conflict replaces a row; the document that was there goes into the quarantine.';
