-- Nothing in the service reads orders by these columns: searches are answered in
-- the process, and an index that nobody reads costs every order its upkeep.
-- docs/adr/0011-indexes-that-are-read.md says how to have one back.
--
-- Locks orders against everybody, for a moment: no row is touched.
drop index orders_track_number_idx;
drop index orders_customer_id_idx;
drop index orders_date_created_idx;
