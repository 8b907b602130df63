-- An expression that repeats something more than 255 times is refused as soon as it is asked about a page's address: its length is
-- held apart.
alter table public.prototype_files drop constraint prototype_files_address_check;
alter table public.prototype_files add constraint prototype_files_address_check
  check (address ~ '^https://[^[:space:][:cntrl:]"<>\\]+$' and char_length(address) <= 2000);
