-- Up Migration
-- Lists a company orders again: codes and quantities, as they are pasted into a quick order.
create table orders.saved_list (
  id uuid primary key,
  company_id uuid not null references customers.company,
  name text not null,
  lines json not null,
  created_by text not null,
  updated_at timestamptz not null
);
create index saved_list_of on orders.saved_list (company_id, name);

-- Down Migration
drop table orders.saved_list;
