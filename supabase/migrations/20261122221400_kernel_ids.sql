-- Two rows made within one millisecond keep their order, too: the twelve bits after the version hold the fraction of the
-- millisecond (RFC 9562, section 6.2, method 3), so that what one session inserts one after another is in key order.
create or replace function private.uuid_v7() returns uuid language sql volatile set search_path = '' as $$
  select encode(
    overlay(
      overlay(
        uuid_send(gen_random_uuid())
        placing substring(int8send(micros / 1000) from 3) from 1 for 6
      )
      placing substring(int8send(28672 + (micros % 1000) * 4096 / 1000) from 7) from 7 for 2
    ),
    'hex')::uuid
  from (select (extract(epoch from clock_timestamp()) * 1000000)::bigint) as instant (micros)
$$;
