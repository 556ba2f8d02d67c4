-- The relational model of an order, read from its document. Validation made
-- sure that no accessor and no cast below can fail on a stored order.
create view deliveries as
select o.order_uid,
       d.*
from orders o,
     lateral (select coalesce(o.document #>> '{delivery,name}', '')    as name,
                     coalesce(o.document #>> '{delivery,phone}', '')   as phone,
                     coalesce(o.document #>> '{delivery,zip}', '')     as zip,
                     coalesce(o.document #>> '{delivery,city}', '')    as city,
                     coalesce(o.document #>> '{delivery,address}', '') as address,
                     coalesce(o.document #>> '{delivery,region}', '')  as region,
                     coalesce(o.document #>> '{delivery,email}', '')   as email) d;

comment on view deliveries is 'To whom each order goes, and where.';

create view payments as
select o.order_uid,
       p.*
from orders o,
     lateral (select coalesce(o.document #>> '{payment,transaction}', '') as transaction,
                     coalesce(o.document #>> '{payment,request_id}', '')  as request_id,
                     coalesce(o.document #>> '{payment,currency}', '')    as currency,
                     coalesce(o.document #>> '{payment,provider}', '')    as provider,
                     (o.document #>> '{payment,amount}')::numeric         as amount,
                     (o.document #>> '{payment,payment_dt}')::bigint      as payment_dt,
                     coalesce(o.document #>> '{payment,bank}', '')        as bank,
                     (o.document #>> '{payment,delivery_cost}')::numeric  as delivery_cost,
                     (o.document #>> '{payment,goods_total}')::numeric    as goods_total,
                     (o.document #>> '{payment,custom_fee}')::numeric     as custom_fee) p;

comment on view payments is 'What is paid for each order, and how.';

create view items as
select o.order_uid,
       i.line,
       (i.item ->> 'chrt_id')::bigint            as chrt_id,
       coalesce(i.item ->> 'track_number', '')   as track_number,
       (i.item ->> 'price')::numeric             as price,
       coalesce(i.item ->> 'rid', '')            as rid,
       coalesce(i.item ->> 'name', '')           as name,
       (i.item ->> 'sale')::numeric              as sale,
       coalesce(i.item ->> 'size', '')           as size,
       (i.item ->> 'total_price')::numeric       as total_price,
       (i.item ->> 'nm_id')::bigint              as nm_id,
       coalesce(i.item ->> 'brand', '')          as brand,
       (i.item ->> 'status')::bigint             as status
from orders o,
     lateral json_array_elements(o.document -> 'items') with ordinality as i (item, line);

comment on view items is 'The lines of each order, in their order.';

-- A role for people who only read. It is made by whoever set up the cluster
-- (the service's own role may not create roles); where it exists, it may read.
do $$
begin
    if exists (select from pg_roles where rolname = 'orderdesk_readonly') then
        grant usage on schema public to orderdesk_readonly;
        grant select on all tables in schema public to orderdesk_readonly;
        alter default privileges in schema public grant select on tables to orderdesk_readonly;
    end if;
end
$$;
