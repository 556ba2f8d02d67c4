-- Orders as they were published, one row each. The document is `json`, not
-- `jsonb`: it keeps the text byte for byte. Everything else is there to find
-- an order or to say how it came.
create table orders (
    seq          bigint generated always as identity,
    order_uid    text        not null,
    track_number text        not null,
    customer_id  text        not null,
    date_created timestamptz not null,
    channel      text        not null,
    sequence     bigint      not null,
    published_at timestamptz not null,
    stored_at    timestamptz not null,
    document     json        not null,
    constraint orders_pkey primary key (order_uid),
    constraint orders_seq_key unique (seq)
);

comment on table orders is 'One row an order. Orders are static: the first write wins, rows are never changed.';
comment on column orders.seq is 'Order of arrival. It grows and has gaps. Keyset pages follow it.';
comment on column orders.channel is 'The channel through which the order came.';
comment on column orders.sequence is 'The position of its message in that channel.';
comment on column orders.published_at is 'When NATS Streaming took the message.';
comment on column orders.document is 'The order exactly as it was published.';

create index orders_track_number_idx on orders (track_number);
create index orders_customer_id_idx on orders (customer_id, seq);
create index orders_date_created_idx on orders (date_created);

-- What came through the channel and is no order. The message is bytea: it may
-- hold any bytes.
create table rejected_messages (
    id           bigint generated always as identity,
    reason       text        not null,
    path         text        not null,
    detail       text        not null,
    order_uid    text,
    channel      text        not null,
    sequence     bigint      not null,
    published_at timestamptz not null,
    rejected_at  timestamptz not null,
    message      bytea       not null,
    constraint rejected_messages_pkey primary key (id),
    -- A message that is delivered again is not rejected again. The timestamp
    -- belongs to its identity: a NATS Streaming server that lost its store
    -- counts from 1 again.
    constraint rejected_messages_message_key unique (channel, sequence, published_at)
);

comment on table rejected_messages is 'Quarantine: messages that are no valid order, whole, with the reason.';
comment on column rejected_messages.path is 'Where in the document, e.g. items[3].price; empty for the whole message.';
comment on column rejected_messages.order_uid is 'The uid of the stored order that a conflicting message claims.';

-- The account of each channel: which messages were dealt with, and how. It
-- changes in the same transaction as the rows above.
create table ledger (
    channel           text           not null,
    incarnation       integer        not null,
    settled           int8multirange not null default '{}',
    last_published_at timestamptz    not null default '-infinity',
    stored            bigint         not null default 0,
    repeats           bigint         not null default 0,
    conflicts         bigint         not null default 0,
    rejected          bigint         not null default 0,
    constraint ledger_pkey primary key (channel, incarnation),
    constraint ledger_adds_up check (stored >= 0 and repeats >= 0 and conflicts >= 0 and rejected >= 0)
);

comment on table ledger is 'The account of each channel: every message once, by what became of it.';
comment on column ledger.incarnation is '1, and one more each time the channel was seen to start over.';
comment on column ledger.settled is 'The sequences that were dealt with.';
comment on column ledger.last_published_at is 'The latest timestamp among them; a settled sequence with a later one belongs to a channel that started over.';
