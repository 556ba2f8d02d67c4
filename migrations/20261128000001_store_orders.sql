-- What stores a batch of orders, as one call: an order is visible as soon as it
-- is committed, and each statement of a transaction costs the way to PostgreSQL
-- and back. Locks the ledger's page of the channel as the statements did.
--
-- No table changes. Releases before this one do not know it, and go on as they
-- did; both may store into the same table.
create function store_orders(
    in_channel      text,
    in_stored_at    timestamptz,
    order_uids      text[],
    track_numbers   text[],
    customer_ids    text[],
    dates_created   timestamptz[],
    sequences       bigint[],
    published_ats   timestamptz[],
    documents       text[]
) returns table (stored_uid text, stored_seq bigint)
language plpgsql
as $$
declare
    page record;
begin
    select incarnation, last_published_at, coalesce(upper(settled), 0) as settled_end
    into page
    from ledger
    where channel = in_channel
    order by incarnation desc
    limit 1
    for update;

    -- A page is begun by the service, which has something to say about it: the
    -- first one, and one for a channel that counts from the start again.
    if not found or exists (
        select
        from unnest(sequences, published_ats) as message (sequence, published_at)
        where message.sequence < page.settled_end
          and message.published_at > page.last_published_at
          and page.last_published_at > '-infinity'
    ) then
        return;
    end if;

    -- A statement of its own: it sees the page as it is since it was locked.
    return query
    with stored as (
        insert into orders (order_uid, track_number, customer_id, date_created, channel,
                            sequence, published_at, stored_at, document)
        select order_uid, track_number, customer_id, date_created, in_channel,
               sequence, published_at, in_stored_at, document::json
        from unnest(order_uids, track_numbers, customer_ids, dates_created, sequences,
                    published_ats, documents)
             with ordinality as batch (order_uid, track_number, customer_id, date_created,
                                       sequence, published_at, document, place)
        order by place
        on conflict on constraint orders_pkey do nothing
        returning order_uid, seq, sequence, published_at
    ),
    settled as (
        update ledger
        set settled = ledger.settled + news.sequences,
            last_published_at = greatest(ledger.last_published_at, news.last_published_at),
            stored = ledger.stored + news.orders
        from (select range_agg(int8range(sequence, sequence, '[]')) as sequences,
                     max(published_at) as last_published_at,
                     count(*) as orders
              from stored) as news
        where ledger.channel = in_channel
          and ledger.incarnation = page.incarnation
          and news.orders > 0
    )
    select order_uid, seq from stored;
end
$$;

comment on function store_orders is 'Stores those of the given orders, each with a uid of its own, whose uid is not taken, and counts them in the ledger. Returns what it stored; nothing where the ledger needs another page.';
