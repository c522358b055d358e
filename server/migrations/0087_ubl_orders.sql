-- Up Migration
-- Orders that companies send as UBL documents. One document of a company is received once, however often it is sent.
create table orders.ubl_order (
  id uuid primary key,
  company_id uuid not null references customers.company,
  -- The buyer's own number of it.
  document_id text not null,
  document json not null,
  channel_code text not null,
  -- What it became: an order, or a request for approval.
  order_id uuid,
  request_id uuid,
  received_at timestamptz not null,
  unique (company_id, document_id)
);

-- Down Migration
drop table orders.ubl_order;
