-- ShopFill puts in the seed and the number of customers. A row is a function of the seed and its
-- number, so the same seed gives the same shop.
CREATE FUNCTION pg_temp.dice(row_number bigint, salt bigint, sides bigint) RETURNS bigint
  LANGUAGE sql IMMUTABLE AS
  $$ SELECT (hashint8extended(row_number, ${seed} + salt) & 4611686018427387903) % sides $$;
CREATE FUNCTION pg_temp.noise(row_number bigint, salt bigint, blocks integer) RETURNS text
  LANGUAGE sql IMMUTABLE AS
  $$ SELECT string_agg(md5(${seed} || '.' || row_number || '.' || salt || '.' || block), ''
       ORDER BY block) FROM generate_series(1, blocks) block $$;

INSERT INTO shop.customers (email, name, badge, balance, tags, profile, rating, active, created_at)
SELECT 'c' || i || '@' || (ARRAY['example.nl', 'voorbeeld.eu', 'exämple.de'])[1 + pg_temp.dice(i, 1, 3)],
  (ARRAY['Zoë', 'Anna', 'Bram', 'Jürgen', 'Ñandú', '李雷', 'Øyvind', '🛳 Ferry'])[1 + pg_temp.dice(i, 2, 8)] || ' ' || i,
  CASE WHEN i % 5 <> 0 THEN i END,
  pg_temp.dice(i, 3, 1000000) / 100.0,
  CASE pg_temp.dice(i, 4, 4) WHEN 0 THEN '{}' WHEN 1 THEN ARRAY['new', NULL]
    WHEN 2 THEN ARRAY['a,b', 'c"d', '{e}', 'f\g'] ELSE ARRAY['loyal', '', 'NULL'] END,
  CASE WHEN i % 7 <> 0 THEN jsonb_build_object('steps', pg_temp.dice(i, 5, 100), 'quote', '"\/' || i, 'nothing', NULL) END,
  CASE pg_temp.dice(i, 6, 50) WHEN 0 THEN 'NaN'::real WHEN 1 THEN NULL ELSE pg_temp.dice(i, 7, 500) / 100.0 END,
  i % 11 <> 0,
  timestamptz '2024-01-01 00:00+00' + pg_temp.dice(i, 8, 60000000) * interval '1 second' + pg_temp.dice(i, 9, 1000000) * interval '1 microsecond'
FROM generate_series(1, ${customers}) i;

INSERT INTO shop.addresses
SELECT 1 + (i - 1) % ${customers}, CASE WHEN i <= ${customers} THEN 'home' ELSE 'work' END,
  'Kade ' || pg_temp.dice(i, 10, 999), (ARRAY['Den Haag', '''s-Hertogenbosch', 'Łódź', 'Köln'])[1 + pg_temp.dice(i, 11, 4)],
  pg_temp.dice(i, 12, 9999) || ' AB', CASE WHEN i % 3 = 0 THEN time '08:00' + pg_temp.dice(i, 13, 36000) * interval '1 second' END
FROM generate_series(1, ${customers} * 3 / 2) i;

INSERT INTO shop.products (sku, gtin, name, price, margin, weight, sizes, attributes, description, photo)
SELECT 'SKU-' || i, md5(${seed} || 'gtin' || i)::uuid, 'Product ' || i, pg_temp.dice(i, 20, 100000) / 100.0,
  (ARRAY['0.10', '0.1', '1E-20', 'NaN', '12345678901234567890.123456789'])[1 + pg_temp.dice(i, 21, 5)]::numeric,
  CASE pg_temp.dice(i, 22, 40) WHEN 0 THEN 'Infinity' WHEN 1 THEN '-0'::float8 WHEN 2 THEN NULL ELSE pg_temp.dice(i, 23, 1000000) / 777.0::float8 END,
  ARRAY[i, pg_temp.dice(i, 24, 100)]::integer[],
  jsonb_build_object('colour', pg_temp.dice(i, 25, 16), 'parts', jsonb_build_array(i, NULL, 'x')),
  CASE i % 50 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN '__debezium_unavailable_value' ELSE pg_temp.noise(i, 26, 100 + (i % 100)::integer) END,
  CASE i % 10 WHEN 0 THEN decode(pg_temp.noise(i, 27, 200), 'hex') WHEN 1 THEN ''::bytea END
FROM generate_series(1, GREATEST(${customers} / 5, 20)) i;

INSERT INTO shop.stock
SELECT warehouse, id, pg_temp.dice(id, 30 + warehouse, 1000), 'shelf-' || warehouse || '-' || id
FROM shop.products, generate_series(1, 2) warehouse ORDER BY warehouse, id;

INSERT INTO shop.orders (customer_id, state, placed_at, due, patience, note)
SELECT 1 + pg_temp.dice(i, 40, ${customers}), (ARRAY['NEW', 'PAID', 'PACKED', 'SENT'])[1 + pg_temp.dice(i, 41, 4)]::shop.order_state,
  timestamptz '2026-01-01 00:00+00' + pg_temp.dice(i, 42, 9000000) * interval '1 second',
  CASE WHEN i % 9 <> 0 THEN date '2026-01-01' + pg_temp.dice(i, 43, 200)::integer END,
  CASE WHEN i % 4 = 0 THEN make_interval(months => pg_temp.dice(i, 44, 20)::integer, days => -3, secs => 0.25) END,
  CASE pg_temp.dice(i, 45, 6) WHEN 0 THEN 'ring twice' WHEN 1 THEN '' WHEN 2 THEN E'two\nlines\tand \\N' END
FROM generate_series(1, ${customers} * 3) i;

INSERT INTO shop.order_lines (order_id, line, product_id, quantity, price)
SELECT 1 + (i - 1) / 3, 1 + (i - 1) % 3, 1 + pg_temp.dice(i, 50, GREATEST(${customers} / 5, 20)), 1 + pg_temp.dice(i, 51, 9), pg_temp.dice(i, 52, 100000) / 100.0
FROM generate_series(1, ${customers} * 9) i;

INSERT INTO shop.payments
SELECT md5(${seed} || 'payment' || i)::uuid, i, pg_temp.dice(i, 60, 1000000) / 100.0,
  (ARRAY['ideal', 'card', 'sepa'])[1 + pg_temp.dice(i, 61, 3)], 'P' || i,
  timestamp '2026-01-02 00:00' + pg_temp.dice(i, 62, 9000000) * interval '1 second'
FROM generate_series(1, ${customers} * 2) i;

INSERT INTO shop.carts (customer_id, content)
SELECT i, jsonb_build_object('items', pg_temp.dice(i, 70, 9)) FROM generate_series(1, ${customers} / 10) i;

INSERT INTO shop.audit
SELECT timestamptz '2026-02-01 00:00+00' + (i / 2) * interval '1 second', 'fill', 'row ' || i / 2,
  ('10.0.' || i / 2 % 250 || '.1')::inet, CASE WHEN i / 2 % 3 = 0 THEN '{"same": true}'::jsonb END
FROM generate_series(1, ${customers}) i;

INSERT INTO shop.events (at, kind, body)
SELECT timestamptz '2025-12-15 00:00+00' + pg_temp.dice(i, 80, 20000000) * interval '1 second',
  (ARRAY['view', 'click', 'search'])[1 + pg_temp.dice(i, 81, 3)], pg_temp.noise(i, 82, 1)
FROM generate_series(1, ${customers} * 9 / 5) i;

ANALYZE;
